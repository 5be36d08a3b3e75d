"""Rate limits, counted for each address."""

from functools import cached_property

from flask import Response, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address


class ViewLimiter(Limiter):
    """Looks limits up where a view asks for them, and before every request only if it must."""

    @cached_property
    def is_general(self) -> bool:
        """Whether a limit holds for the whole application or a blueprint."""
        found = self.limit_manager
        blueprints = current_app.blueprints
        of_blueprints = any(found.blueprint_limits(current_app, name) for name in blueprints)
        return bool(found.application_limits or found.default_limits or of_blueprints)

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        if not in_middleware or self.is_general:
            super()._check_request_limit(callable_name, in_middleware)


WAIT = "Wait a while, then try again."
limiter = ViewLimiter(key_func=get_remote_address)
init_app = limiter.init_app


def login_rate() -> str:
    """How often a wrong password may be tried for one account from one address."""
    config = current_app.config
    return f"{config['LOGIN_FAILURES']} per {config['LOGIN_PAUSE']} seconds"


def _account() -> str:
    body = request.get_json(silent=True) if request.is_json else request.form
    email = body.get("email") if isinstance(body, dict) else None
    return f"{get_remote_address()} {str(email).strip().lower()}"


def _is_refused(response: Response) -> bool:
    return response.status_code in {401, 422}


limit_logins = limiter.shared_limit(
    login_rate,
    scope="login",
    key_func=_account,
    methods=["POST"],
    deduct_when=_is_refused,
    error_message=WAIT,
)

"""Rate limits, counted for each address."""

import json
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import HTTPException


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


def init_app(app: Flask) -> None:
    """Count; tell only who is refused how long to wait."""

    @app.after_request
    def drop_wait(response: Response) -> Response:
        if response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
            response.headers.pop("Retry-After", None)
        return response

    limiter.init_app(app)  # last: what was added last runs first after a request


def login_rate() -> str:
    """How often a wrong password may be tried for one account from one address."""
    config = current_app.config
    return f"{config['LOGIN_FAILURES']} per {config['LOGIN_PAUSE']} seconds"


def guessing_rate() -> str:
    """How often one address may be wrong, whatever the accounts: an office shares an address."""
    config = current_app.config
    return f"{10 * config['LOGIN_FAILURES']} per {config['LOGIN_PAUSE']} seconds"


def _account() -> str:
    """Who tries which account; an error here would pass for a store of counts that is away."""
    email = _email().strip().lower().encode(errors="replace")
    return f"{get_remote_address()} {sha256(email).hexdigest()}"


def _email() -> str:
    try:
        body = json.loads(request.get_data()) if request.is_json else request.form
    except (ValueError, RecursionError, HTTPException):  # for the view to refuse
        return ""
    return str(body.get("email", "")) if isinstance(body, dict) else ""


def is_refused(response: Response) -> bool:
    """Tell whether a password, or what came with it, was wrong."""
    return response.status_code in {401, 422}


_options: dict[str, Any] = {
    "methods": ["POST"],
    "deduct_when": is_refused,
    "error_message": WAIT,
}
_by_account = limiter.shared_limit(login_rate, scope="login", key_func=_account, **_options)
_by_address = limiter.shared_limit(guessing_rate, scope="guessing", **_options)


def limit_logins(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view refuse only so many passwords, of one account and of all."""
    return _by_address(_by_account(view))

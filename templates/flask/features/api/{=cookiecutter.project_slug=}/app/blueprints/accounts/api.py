"""The JSON API of accounts: tokens, and who is asking."""

from typing import Any

from flask import abort, current_app
from flask.views import MethodView
from flask_security import auth_required, current_user

from app.blueprints.accounts import tokens
from app.blueprints.accounts.models import User
from app.blueprints.accounts.schemas import CredentialsSchema, MeSchema, TokenSchema
from app.database import utc_now
from app.extensions import db, limiter
from app.schemas import Blueprint

blueprint = Blueprint("accounts-api", __name__, description="Tokens, and who is asking")


@blueprint.route("/token/")
class Token(MethodView):
    @limiter.limit(lambda: current_app.config["LOGIN_LIMIT"])
    @blueprint.arguments(CredentialsSchema)
    @blueprint.response(201, TokenSchema)
    def post(self, credentials: dict[str, str]) -> dict[str, Any]:
        """Exchange an email address and a password for a token."""
        user = tokens.authenticate(credentials["email"], credentials["password"])
        if user is None:
            abort(401, "Wrong email address or password.")
        db.session.commit()  # the hash may have been renewed
        lifetime = current_app.config["SECURITY_TOKEN_MAX_AGE"]
        return {"token": user.get_auth_token(), "expires_at": utc_now() + lifetime}

    @auth_required("token", "session")
    @blueprint.response(204)
    def delete(self) -> None:
        """Revoke all tokens of the signed-in user."""
        tokens.revoke_tokens(current_user._get_current_object())
        db.session.commit()


@blueprint.get("/me/")
@auth_required("token", "session")
@blueprint.response(200, MeSchema)
def me() -> User:
    """The signed-in user."""
    user: User = current_user
    return user

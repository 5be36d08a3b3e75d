"""The JSON API of accounts: tokens, and who is asking."""

from typing import Any

from flask import Flask, abort, current_app
from flask.views import MethodView
from flask_security import LoginForm, auth_required, current_user, password_changed, password_reset
from marshmallow import fields
from werkzeug.datastructures import MultiDict

from app.blueprints.accounts.models import User
from app.database import utc_now
from app.extensions import db, limiter, security
from app.schemas import Blueprint, CamelCaseSchema

blueprint = Blueprint("accounts-api", __name__, description="Tokens, and who is asking")


class CredentialsSchema(CamelCaseSchema):
    email = fields.String(required=True)
    password = fields.String(required=True)


class TokenSchema(CamelCaseSchema):
    token = fields.String()
    expires_at = fields.AwareDateTime()


class MeSchema(CamelCaseSchema):
    id = fields.Integer()
    email = fields.Email()
    name = fields.String()
    is_staff = fields.Boolean()


@blueprint.route("/token/")
class Token(MethodView):
    @limiter.limit(lambda: current_app.config["LOGIN_LIMIT"])
    @blueprint.arguments(CredentialsSchema())
    @blueprint.response(201, TokenSchema)
    def post(self, credentials: dict[str, str]) -> dict[str, Any]:
        """Exchange an email address and a password for a token."""
        form = LoginForm(MultiDict(credentials), meta={"csrf": False})
        if not form.validate() or not form.user:
            abort(401, "Wrong email address or password.")
        db.session.commit()  # the hash may have been renewed
        lifetime = current_app.config["SECURITY_TOKEN_MAX_AGE"]
        return {"token": form.user.get_auth_token(), "expires_at": utc_now() + lifetime}

    @auth_required("token", "session")
    @blueprint.response(204)
    def delete(self) -> None:
        """Revoke all tokens of the signed-in user."""
        revoke_tokens(current_app, current_user._get_current_object())


@password_changed.connect
@password_reset.connect
def revoke_tokens(_app: Flask, user: User, **_details: Any) -> None:
    security.datastore.set_token_uniquifier(user)
    db.session.commit()


@blueprint.get("/me/")
@auth_required("token", "session")
@blueprint.response(200, MeSchema)
def me() -> Any:
    """The signed-in user."""
    return current_user

"""Tokens, and who is signed in."""

import datetime as dt
from typing import Any

from flask import request
from pydantic import TypeAdapter, with_config
from typing_extensions import TypedDict
from werkzeug.exceptions import Unauthorized

from app.blueprints.accounts.services import authenticate
from app.blueprints.auth import services
from app.core.api import ApiBlueprint
from app.core.api.blueprint import Operation
from app.core.api.values import FilledText
from app.core.auth import current_user
from app.core.limits import limit_logins


@with_config({"extra": "forbid"})
class Credentials(TypedDict):
    """What a token is given for."""

    email: FilledText
    password: FilledText


class NewToken(TypedDict):
    """The only moment at which the token is shown."""

    token: str
    expiresAt: dt.datetime


class Me(TypedDict):
    """Who is signed in."""

    id: int
    email: str
    name: str
    isStaff: bool


blueprint = ApiBlueprint("auth", __name__)
TOKEN = "/token/"  # noqa: S105 - a path
CREATE = Operation(
    "post", TOKEN, "create_token", "create a token",
    body=TypeAdapter(Credentials), result=TypeAdapter(NewToken), status=201,
    errors=(400, 401, 403, 406, 415, 422, 429),
)  # fmt: skip
REVOKE = Operation(
    "delete", TOKEN, "revoke_token", "revoke the token of this request",
    status=204, secured=True, errors=(401, 403, 406),
)  # fmt: skip
ME = Operation(
    "get", "/me/", "me", "who am I", result=TypeAdapter(Me), secured=True, errors=(401, 406)
)


@blueprint.operation(CREATE)
@limit_logins
def create_token(body: Credentials) -> dict[str, Any]:
    """Exchange an e-mail address and a password for a token."""
    user = authenticate(body["email"], body["password"])
    if user is None:
        raise Unauthorized("E-mail address or password is wrong.")
    key, token = services.create_token(user)
    return {"token": key, "expiresAt": token.expires_at}


@blueprint.operation(REVOKE)
def revoke_token() -> None:
    """Make the token of this request worthless."""
    if request.authorization is None or not request.authorization.token:
        raise Unauthorized("Send the token to be revoked.")
    services.revoke_token(request.authorization.token)


@blueprint.operation(ME)
def read_me() -> dict[str, Any]:
    """Who is signed in."""
    user = current_user()
    assert user  # noqa: S101 - the operation is secured
    return {"id": user.id, "email": user.email, "name": user.name, "isStaff": user.is_staff}

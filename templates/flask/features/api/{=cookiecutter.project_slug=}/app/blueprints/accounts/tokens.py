"""Tokens of the API: who gets one, how it comes in, what ends it."""

from typing import Any

from flask import Flask
from flask_security import hash_password, password_changed, password_reset

from app.blueprints.accounts.models import User
from app.extensions import db, security


def authenticate(email: str, password: str) -> User | None:
    """Return the user with these credentials, if there is one who may sign in."""
    user: User | None = security.datastore.find_user(case_insensitive=True, email=email)
    if user is None:
        hash_password(password)  # takes as long as checking a wrong one
        return None
    if not user.verify_and_update_password(password) or not user.active:
        return None
    if security.confirmable and user.confirmed_at is None:
        return None
    return user


def revoke_tokens(user: User) -> None:
    """Revoke all tokens of a user."""
    security.datastore.set_token_uniquifier(user)
    db.session.flush()


@password_changed.connect
@password_reset.connect
def revoke_tokens_with_password(_app: Flask, user: User, **_details: Any) -> None:
    revoke_tokens(user)
    db.session.commit()


def accept_bearer_token(wsgi_app: Any) -> Any:
    """Pass `Authorization: Bearer` to Flask-Security in the header that it reads.

    Such a request has no cookies: the token's owner acts, not whoever is signed in.
    """

    def accept(environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("HTTP_AUTHENTICATION_TOKEN", None)
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() == "bearer":
            environ["HTTP_AUTHENTICATION_TOKEN"] = token.strip()
            environ.pop("HTTP_COOKIE", None)
        return wsgi_app(environ, start_response)

    return accept


def init_app(app: Flask) -> None:
    app.wsgi_app = accept_bearer_token(app.wsgi_app)  # type: ignore[method-assign]

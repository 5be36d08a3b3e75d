"""Tokens of the API: who gets one, and what ends them."""

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

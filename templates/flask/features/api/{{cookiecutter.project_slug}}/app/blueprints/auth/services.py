"""Making, finding and revoking tokens."""

import datetime as dt
import hashlib
import secrets

import sqlalchemy as sa
from flask import current_app

from app.blueprints.accounts.models import User
from app.blueprints.accounts.services import user_of_session
from app.blueprints.auth.models import Token
from app.core.columns import utc_now
from app.core.db import db


def create_token(user: User) -> tuple[str, Token]:
    """Give a user a token, and forget those that have expired.

    Returns:
        The key, which is nowhere kept, and its record.
    """
    key = secrets.token_urlsafe(32)
    lifetime = dt.timedelta(days=current_app.config["TOKEN_DAYS"])
    token = Token(
        token_hash=_hash(key),
        stamp=user.session_stamp,
        user_id=user.id,
        expires_at=utc_now() + lifetime,
    )
    db.session.execute(sa.delete(Token).where(Token.expires_at < utc_now()))
    db.session.add(token)
    db.session.commit()
    return key, token


def user_of_token(key: str) -> User | None:
    """The active user that a key belongs to, until it expires or the password changes."""
    token = db.session.scalar(sa.select(Token).where(Token.token_hash == _hash(key)))
    if token is None or token.expires_at < utc_now():
        return None
    return user_of_session(token.user_id, token.stamp)


def revoke_token(key: str) -> None:
    """Make a key worthless."""
    db.session.execute(sa.delete(Token).where(Token.token_hash == _hash(key)))
    db.session.commit()


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()

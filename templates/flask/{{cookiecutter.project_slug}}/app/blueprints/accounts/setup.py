"""Tells the application where its accounts are."""

from flask import Flask

from app.blueprints.accounts.services import user_of_session
from app.core.auth import authentication


def init_app(app: Flask) -> None:
    """Let sessions lead to users."""
    authentication(app).by_session = user_of_session

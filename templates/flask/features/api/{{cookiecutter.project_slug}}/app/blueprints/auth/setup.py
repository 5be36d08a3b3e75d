"""Lets bearer tokens lead to users."""

from flask import Flask

from app.blueprints.auth.services import user_of_token
from app.core.auth import authentication


def init_app(app: Flask) -> None:
    """Accept `Authorization: Bearer …`."""
    authentication(app).by_header["bearer"] = user_of_token

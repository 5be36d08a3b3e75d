"""Liveness and readiness, for load balancers and containers."""

import logging

from flask import Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core.db import db

log = logging.getLogger(__name__)


def health() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


def ready() -> ResponseReturnValue:
    """The database answers, too."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        log.exception("the database does not answer")
        return {"status": "unavailable"}, 503
    return {"status": "ok"}


def init_app(app: Flask) -> None:
    """Add both addresses."""
    app.add_url_rule("/health", view_func=health)
    app.add_url_rule("/ready", view_func=ready)

"""The application factory: the only place where the parts meet."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from app import commands, discovery, settings
from app.core import auth, csrf, errors, health, limits, logs, security, sessions, static
from app.core.db import db
from app.core.migrations import alembic

__all__ = ["create_app"]


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Build the application.

    Args:
        overrides: settings that win over the environment, as tests need them.

    Raises:
        SettingsError: a setting is missing or has no valid value.
    """
    app = Flask(__name__)
    settings.load(app, overrides or {})
    for part in (logs, db, alembic, sessions, auth, csrf, limits, security, static, errors, health):
        part.init_app(app)
    discovery.init_app(app)
    commands.init_app(app)
    return app

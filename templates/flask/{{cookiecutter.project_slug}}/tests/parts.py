"""Applications of some parts alone: a whole one takes longer to make."""

from typing import Any, Protocol

from flask import Flask

from app import settings


class Part(Protocol):
    """What `create_app` puts together: a module, or an extension."""

    def init_app(self, app: Flask) -> None:
        """Add itself to the application."""


def assemble(*parts: Part, **overrides: Any) -> Flask:
    """An application of these parts, with these settings before those of the environment."""
    app = Flask("app")
    settings.load(app, {"TESTING": True, **overrides})
    for part in parts:
        part.init_app(app)
    return app

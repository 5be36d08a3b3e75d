"""The cache, and the figures on the first page that are kept in it."""

from flask import Flask

from app.core.cache import cache
from app.core.figures import figures


def init_app(app: Flask) -> None:
    """Bind the cache to its store; let templates ask for the figures."""
    cache.init_app(app)
    app.jinja_env.globals["figures"] = figures

"""Says where data go while no PostgreSQL server is named."""

from flask import Flask


def init_app(app: Flask) -> None:
    if app.debug and not app.config["DATABASE_URL"]:
        app.logger.warning("DATABASE_URL is empty: using SQLite. `make db` makes a database.")

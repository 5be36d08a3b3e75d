"""What tests of migrations need: commands, and models that change."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskCliRunner

from app.core.db import Base


def run(app: Flask, *args: str) -> str:
    with app.app_context():  # Flask-Alembic's commands expect `flask` to have entered it
        result = FlaskCliRunner(app).invoke(args=list(args))
    assert result.exit_code == 0, result.output
    return result.output


def fail(app: Flask, *args: str) -> str:
    with app.app_context():
        result = FlaskCliRunner(app).invoke(args=list(args))
    assert result.exit_code == 1, result.output
    return result.output


@contextmanager
def model(*parts: sa.schema.SchemaItem, name: str = "moods") -> Iterator[sa.Table]:
    """A table that the models have for a while."""
    table = sa.Table(name, Base.metadata, *parts)
    try:
        yield table
    finally:
        Base.metadata.remove(table)

"""Fixtures of the tests that write and run migrations."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app import commands
from app.core.db import db
from app.core.migrations import alembic
from tests.databases import create_database
from tests.parts import assemble


@pytest.fixture
def url(tmp_path: Path, app: Flask) -> str:
    """An empty database of the kind that the tests run on."""
    given = sa.make_url(app.config["DATABASE_URL"])
    if given.get_backend_name() == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite3'}"
    fresh = given.set(database=f"{given.database}_migrations")
    create_database(fresh.render_as_string(hide_password=False), anew=True)
    return fresh.render_as_string(hide_password=False)


@pytest.fixture
def fresh(tmp_path: Path, app: Flask, url: str, monkeypatch) -> Iterator[Flask]:
    """An application of that database, its own copy of the migrations, and no more."""
    shutil.copytree(Path(app.root_path).parent / "migrations", tmp_path / "migrations")
    clock = itertools.count(9_000_000_000)
    monkeypatch.setattr(alembic, "rev_id", lambda: str(next(clock)))
    fresh = assemble(
        db,
        alembic,
        commands,
        SQLALCHEMY_ENGINES={"default": url},
        ALEMBIC={"script_location": str(tmp_path / "migrations")},
    )
    yield fresh
    with fresh.app_context():
        db.engine.dispose()

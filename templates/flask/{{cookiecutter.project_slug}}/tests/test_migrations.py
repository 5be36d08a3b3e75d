"""Migrations: complete, reversible, and mended with one command when they fork."""

import itertools
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskCliRunner

from app.core.db import Base, db
from app.core.migrations import alembic, problems
from tests.clients import Runner
from tests.databases import create_database


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
def fresh(tmp_path: Path, app: Flask, url: str, make_app, monkeypatch) -> Flask:
    """An application with that database and its own copy of the migrations."""
    shutil.copytree(Path(app.root_path).parent / "migrations", tmp_path / "migrations")
    clock = itertools.count(9_000_000_000)
    monkeypatch.setattr(alembic, "rev_id", lambda: str(next(clock)))
    return make_app(
        SQLALCHEMY_ENGINES={"default": url},
        ALEMBIC={"script_location": str(tmp_path / "migrations")},
    )


def run(app: Flask, *args: str) -> str:
    with app.app_context():  # Flask-Alembic's commands expect `flask` to have entered it
        result = FlaskCliRunner(app).invoke(args=list(args))
    assert result.exit_code == 0, result.output
    return result.output


def test_migrations_match_the_models(fresh: Flask) -> None:
    with fresh.app_context():
        assert not problems(db.engine)
    assert "linear and complete" in run(fresh, "check-migrations")


def test_every_migration_can_be_undone_and_redone(fresh: Flask) -> None:
    with fresh.app_context():
        alembic.upgrade()
        steps = len(alembic.log())
    for _ in range(steps):
        with fresh.app_context():
            alembic.downgrade()
    with fresh.app_context():
        assert sa.inspect(db.engine).get_table_names() == ["alembic_version"]
        alembic.upgrade()
        assert not alembic.needs_revision()


def test_a_change_without_a_migration_is_found(fresh: Flask) -> None:
    table = sa.Table("forgotten", Base.metadata, sa.Column("id", sa.Integer, primary_key=True))
    try:
        result = Runner(fresh).invoke(args=["check-migrations"])
    finally:
        Base.metadata.remove(table)
    assert result.exit_code == 1
    assert "forgotten" in result.output


def test_a_choice_the_database_refuses_is_found(fresh: Flask) -> None:
    old, new = (
        sa.Enum(*values, name="mood", native_enum=False, create_constraint=True, length=9)
        for values in (("good",), ("good", "bad"))
    )
    names = Base.metadata.naming_convention
    before = sa.MetaData(naming_convention=names)
    sa.Table("moods", before, sa.Column("mood", old))
    table = sa.Table("moods", Base.metadata, sa.Column("mood", new))
    try:
        with fresh.app_context():
            before.create_all(db.engine)
            found = problems(db.engine)
    finally:
        Base.metadata.remove(table)
    assert len(found) == 1
    assert "moods.mood lacks bad" in found[0]


def test_two_developers_two_heads_one_command(fresh: Flask) -> None:
    run(fresh, "db", "upgrade")
    with fresh.app_context():
        (head,) = alembic.heads()
    for developer in ("ana", "ben"):
        parent = ("-p", head.revision, "--splice")
        run(fresh, "db", "revision", f"{developer} adds", "--empty", *parent)
    result = Runner(fresh).invoke(args=["check-migrations"])
    assert result.exit_code == 1
    assert "2 heads" in result.output
    assert "make merge-migrations" in result.output
    run(fresh, "db", "merge", "-m", "merge")
    run(fresh, "db", "upgrade")
    assert "linear and complete" in run(fresh, "check-migrations")

"""Migrations: complete, reversible, and mended with one command when they fork."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask

from app.core.db import Base, db
from app.core.migrations import alembic, problems
from tests.clients import Runner
from tests.migrating import fail, run


def test_migrations_match_the_models(fresh: Flask) -> None:
    with fresh.app_context():
        assert not problems(db.engine)
    assert "linear and complete" in run(fresh, "check-migrations")


def test_every_migration_can_be_undone_and_redone(fresh: Flask) -> None:
    run(fresh, "db", "upgrade")
    run(fresh, "db", "downgrade", "base")
    with fresh.app_context():
        assert sa.inspect(db.engine).get_table_names() == ["alembic_version"]
    run(fresh, "db", "upgrade")
    with fresh.app_context():
        assert not alembic.needs_revision()


def test_a_change_without_a_migration_is_found(fresh: Flask) -> None:
    table = sa.Table("forgotten", Base.metadata, sa.Column("id", sa.Integer, primary_key=True))
    try:
        result = Runner(fresh).invoke(args=["check-migrations"])
    finally:
        Base.metadata.remove(table)
    assert result.exit_code == 1
    assert "forgotten" in result.output


MIGRATION = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = {name!r}, {after!r}
def upgrade():
    {body}
"""


def write(app: Flask, **migrations: Sequence[str]) -> None:
    """Write migrations by hand; before the first command, for it reads them once."""
    folder = Path(app.config["ALEMBIC"]["script_location"])
    after = ScriptDirectory(str(folder)).get_current_head()
    for name, lines in migrations.items():
        text = MIGRATION.format(name=name, after=after, body="\n    ".join(lines))
        (folder / f"{name}.py").write_text(text, "utf-8")
        after = name


FAMILY = (
    'key, name = sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(9))',
    'op.create_table("parents", key, name)',
    'parent = sa.ForeignKey("parents.id", name="fk", ondelete="CASCADE")',
    'op.create_table("children", sa.Column("parent_id", sa.Integer, parent))',
    'op.execute("INSERT INTO parents (id) VALUES (1)")',
    'op.execute("INSERT INTO children (parent_id) VALUES (1)")',
)


def parents_of_children(app: Flask) -> Sequence[int]:
    with app.app_context(), db.engine.connect() as connection:
        return connection.scalars(sa.text("SELECT parent_id FROM children")).all()


LONGER = (
    'with op.batch_alter_table("parents") as batch:',
    '    batch.alter_column("name", type_=sa.String(20), existing_type=sa.String(9))',
)


def test_rows_survive_a_change_of_the_table_they_refer_to(fresh: Flask) -> None:
    write(fresh, family=FAMILY, longer=LONGER)
    run(fresh, "db", "upgrade")
    assert parents_of_children(fresh) == [1]


def test_a_migration_that_leaves_references_to_nothing_is_undone(fresh: Flask) -> None:
    write(fresh, family=FAMILY, orphans=['op.execute("UPDATE children SET parent_id = 7")'])
    run(fresh, "db", "upgrade", "family")
    assert "children" in fail(fresh, "db", "upgrade")
    assert parents_of_children(fresh) == [1]


def test_a_database_that_is_ahead_is_explained(fresh: Flask) -> None:
    run(fresh, "db", "upgrade")
    with fresh.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'tomorrow'"))
    assert "ahead" in fail(fresh, "db", "upgrade")


def test_a_new_migration_follows_the_last(fresh: Flask) -> None:
    run(fresh, "db", "upgrade")
    with fresh.app_context():
        (before,) = alembic.heads()
    assert "not changed" in run(fresh, "db", "revision", "nothing")
    run(fresh, "db", "revision", "more", "--empty")
    with fresh.app_context():
        (after,) = alembic.heads()
    assert after.down_revision == before.revision
    for target in (before.revision, "1", "-1"):
        run(fresh, "db", "upgrade")
        run(fresh, "db", "downgrade", "--", target)
        with fresh.app_context():
            assert alembic.current() == (before,)


@pytest.mark.filterwarnings("ignore:Revision gone:UserWarning")
def test_a_migration_that_is_gone_is_named(fresh: Flask, tmp_path: Path) -> None:
    write(fresh, gone=["pass"], after=["pass"])
    (tmp_path / "migrations/gone.py").unlink()
    assert "There is no migration 'gone'" in fail(fresh, "check-migrations")


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
    assert "make merge-migrations" in fail(fresh, "db", "revision", "cleo adds", "--empty")
    run(fresh, "db", "merge", "-m", "merge")
    assert "nothing to merge" in fail(fresh, "db", "merge", "-m", "merge")
    run(fresh, "db", "upgrade")
    assert "linear and complete" in run(fresh, "check-migrations")
    assert "name a revision" in fail(fresh, "db", "downgrade")
    run(fresh, "db", "downgrade", "base")

"""A change of the models is found, written down and undone again."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.core.db import db
from app.core.migrations import alembic
from tests.migrating import fail, model, run


def mood(*choices: str) -> sa.Column[str]:
    kind = sa.Enum(*choices, name="mood", native_enum=False, create_constraint=True)
    return sa.Column("mood", kind)


def word(length: int, **options: Any) -> sa.Column[str]:
    return sa.Column("word", sa.String(length), **options)


def limit(least: int = 0) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"size > {least}", name="positive")


def key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


CHANGES: dict[str, tuple[Any, Any]] = {  # what a table has, before and after
    "choice": (lambda: [mood("good")], lambda: [mood("good", "bad")]),
    "one_less": (lambda: [mood("good", "bad")], lambda: [mood("good")]),
    "longer": (lambda: [mood("good")], lambda: [mood("good", "better than good")]),
    "enum": (list, lambda: [mood("good")]),
    "no_enum": (lambda: [mood("good")], list),
    "check": (list, lambda: [limit()]),
    "no_check": (lambda: [limit()], list),
    "bound": (lambda: [limit()], lambda: [limit(-5)]),
    "default": (lambda: [word(9)], lambda: [word(9, server_default="none")]),
    "length": (lambda: [word(9)], lambda: [word(20)]),
}


@contextmanager
def tables(state: int) -> Iterator[None]:
    with ExitStack() as stack:
        for name, states in CHANGES.items():
            parts = (key(), sa.Column("size", sa.Integer), *states[state]())
            stack.enter_context(model(*parts, name=f"a_{name}"))
        yield


def test_changes_are_found_and_written_and_undone(fresh: Flask) -> None:
    run(fresh, "db", "upgrade")
    with tables(0):
        run(fresh, "db", "revision", "before")
        run(fresh, "db", "upgrade")
    with tables(1):
        said = fail(fresh, "check-migrations")
        assert {name for name in CHANGES if f"'a_{name}'" in said} == set(CHANGES)
        run(fresh, "db", "revision", "after")
        run(fresh, "db", "upgrade")
        with fresh.app_context():
            assert not alembic.compare_metadata()
        assert "linear and complete" in run(fresh, "check-migrations")
    run(fresh, "db", "downgrade", "base")


def test_tables_go_before_those_they_refer_to(fresh: Flask) -> None:
    run(fresh, "db", "upgrade")
    tables, names = sa.MetaData(), ["d", "b", "c", "a"]
    for name, parent in zip(names, [None, *names], strict=False):
        link = [sa.ForeignKey(f"{parent}.id", name="fk")] if parent else []
        sa.Table(name, tables, key(), sa.Column("parent_id", sa.Integer, *link))
    with fresh.app_context():
        tables.create_all(db.engine)
    run(fresh, "db", "revision", "go")
    with fresh.app_context():
        (head,) = alembic.heads()
    written = Path(head.path).read_text("utf-8").partition("def downgrade")[0]
    assert re.findall(r"drop_table\(.(\w+)", written) == names[::-1]
    run(fresh, "db", "upgrade")
    run(fresh, "db", "downgrade")


def test_tables_that_refer_to_each_other_are_said(fresh: Flask) -> None:
    run(fresh, "db", "upgrade")
    tables = sa.MetaData()
    for name, other in ("ab", "ba"):
        link = sa.ForeignKey(f"{other}.id", name=f"fk_{name}", use_alter=True)
        sa.Table(name, tables, key(), sa.Column("other_id", sa.Integer, link))
    with fresh.app_context():
        tables.create_all(db.engine)
    assert "drop a foreign key first" in run(fresh, "db", "revision", "go")


def test_rows_that_exist_get_the_default_of_a_new_column(fresh: Flask) -> None:
    run(fresh, "db", "upgrade")
    with model(key()) as table:
        run(fresh, "db", "revision", "moods")
        run(fresh, "db", "upgrade")
        with fresh.app_context(), db.engine.begin() as connection:
            connection.execute(table.insert(), {"id": 1})
    new = sa.Column("fine", sa.Boolean, nullable=False, default=True)
    with model(key(), new) as table:
        run(fresh, "db", "revision", "fine")
        run(fresh, "db", "upgrade")
        with fresh.app_context(), db.engine.connect() as connection:
            assert connection.execute(sa.select(table.c.fine)).scalars().all() == [True]
            assert not alembic.compare_metadata()


def test_what_people_must_do_themselves_is_said(fresh: Flask) -> None:
    run(fresh, "db", "upgrade")
    lost = sa.Column("lost", sa.Integer, nullable=False)
    with model(key(), sa.Column("old", sa.Integer), sa.Column("may", sa.Integer), lost):
        run(fresh, "db", "revision", "moods")
        run(fresh, "db", "upgrade")
        with model(key(), name="others"):
            run(fresh, "db", "revision", "others")
            assert "Run `make migrate` first." in fail(fresh, "db", "revision", "too early")
    run(fresh, "db", "upgrade")
    new = sa.Column("new", sa.Integer, nullable=False)
    with model(key(), new, sa.Column("may", sa.Integer, nullable=False), name="moods"):
        said = run(fresh, "db", "revision", "new")
    assert "moods.new is required" in said
    assert "moods.lost is required: the way back" in said
    assert "moods.may is required now" in said
    assert " and one comes (new)" in said

"""Migrations: how they run, and the check that they are linear and complete."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from flask import Flask, current_app
from flask_alembic import Alembic
from flask_alembic.cli import cli
from sqlalchemy.exc import DBAPIError

from app.core.db import Base

HINTS = {
    "not up to date": "Run `make migrate` first.",
    "Can't locate": "The database has a migration that this code lacks: it is ahead of it.",
    "ultiple heads": "Run `make merge-migrations`.",
    "Ambiguous walk": "Below a merge there are two ways down: name a revision, or `base`.",
}


@contextmanager
def explained() -> Iterator[None]:
    """Say in one line what went wrong.

    Raises:
        ClickException: something did.
    """
    try:
        yield
    except (CommandError, RevisionError) as error:
        hints = [hint for words, hint in HINTS.items() if words in str(error)]
        raise click.ClickException(" ".join([str(error), *hints])) from error
    except DBAPIError as error:
        raise click.ClickException(f"The database says: {error}") from error
    except KeyError as error:  # Alembic's answer to a file that is gone
        raise click.ClickException(f"There is no migration {error}, but one follows it.") from error


class Commands(click.Group):
    """`flask db …`, which says in one line what went wrong."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        with explained():
            return super().invoke(ctx)


@click.command()
@click.argument("target", default="1")
def downgrade(target: str) -> None:
    """Undo migrations: so many, or all that came after the one named."""
    known = {script.revision for script in alembic.script_directory.walk_revisions()}
    is_count = target not in known and target.lstrip("-").isdigit()
    alembic.downgrade(-abs(int(target)) if is_count else target)


class Migrations(Alembic):
    """Flask-Alembic, made safe for SQLite."""

    def init_app(self, app: Flask) -> None:
        """Add the commands."""
        context = {**app.config["ALEMBIC_CONTEXT"], "on_version_apply": _refuse_orphans}
        app.config["ALEMBIC_CONTEXT"] = context
        super().init_app(app)
        commands = {**cli.commands, "downgrade": downgrade}  # theirs takes each id for a count
        app.cli.add_command(Commands("db", commands, callback=cli.callback, help=cli.help))

    def merge(self, revisions: Any = "heads", *args: Any, **kwargs: Any) -> Any:
        """Unite heads, where there are several.

        Raises:
            CommandError: there is one.
        """
        if revisions == "heads" and len(self.script_directory.get_heads()) == 1:
            raise CommandError("There is one head, so there is nothing to merge.")
        return super().merge(revisions, *args, **kwargs)

    def run_migrations(self, fn: Any, **kwargs: Any) -> None:
        """Run migrations; nothing follows a table that SQLite drops to copy it."""
        with _without_foreign_keys(self.migration_context.connection):
            super().run_migrations(fn, **kwargs)


@contextmanager
def _without_foreign_keys(connection: sa.Connection | None) -> Iterator[None]:
    """SQLite changes a table by a copy; to drop the old one would delete what refers to it."""
    if connection is None or connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    connection.rollback()  # inside a transaction the switch does nothing
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def _refuse_orphans(ctx: MigrationContext, step: Any, **_: Any) -> None:
    """Undo a migration on SQLite that leaves rows which refer to nothing."""
    if ctx.connection is None or ctx.dialect.name != "sqlite":
        return
    orphans = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        places = ", ".join(sorted({f"{row[0]} to {row[2]}" for row in orphans}))
        raise CommandError(f"{step.up_revision_id} leaves references to nothing: {places}.")


alembic = Migrations(metadatas=Base.metadata, run_mkdir=False)


def problems(engine: sa.Engine) -> list[str]:
    """Say what is wrong with the migrations, each with the command that puts it right.

    Args:
        engine: an empty database, which the migrations are applied to.
    """
    heads = alembic.script_directory.get_heads()
    if len(heads) > 1:
        return [f"{len(heads)} heads ({', '.join(sorted(heads))}): run `make merge-migrations`"]
    options = {**current_app.config["ALEMBIC_CONTEXT"], "target_metadata": Base.metadata}
    with engine.connect() as connection:
        _upgrade(connection)
        context = MigrationContext.configure(connection, opts=options)
        changes = produce_migrations(context, Base.metadata).upgrade_ops
        if changes is None or changes.is_empty():
            return []
        code = render_python_code(
            changes, render_item=options["render_item"], migration_context=context
        )
    told = "\n".join(line for line in code.splitlines() if not line.strip().startswith("#"))
    return [f'the models differ from the migrations: run `make migration m="what changed"`\n{told}']


def _upgrade(connection: sa.Connection) -> None:
    scripts = alembic.script_directory
    with EnvironmentContext(
        alembic.config, scripts, fn=lambda revision, _: scripts._upgrade_revs("heads", revision)
    ) as environment:
        environment.configure(connection=connection, target_metadata=Base.metadata)
        with environment.begin_transaction():
            environment.run_migrations()

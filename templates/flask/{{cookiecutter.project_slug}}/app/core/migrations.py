"""Migrations, and the check that they are linear and complete."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from flask import current_app
from flask_alembic import Alembic

from app.core.db import Base

alembic = Alembic(metadatas=Base.metadata, run_mkdir=False)


def problems(engine: sa.Engine) -> list[str]:
    """Say what is wrong with the migrations, each with the command that puts it right.

    Args:
        engine: an empty database, which the migrations are applied to.
    """
    heads = alembic.script_directory.get_heads()
    if len(heads) > 1:
        return [f"{len(heads)} heads ({', '.join(sorted(heads))}): run `make merge-migrations`"]
    options = current_app.config["ALEMBIC_CONTEXT"]
    with engine.connect() as connection:
        _upgrade(connection)
        context = MigrationContext.configure(connection, opts=options)
        changes = compare_metadata(context, Base.metadata)
        missing = _missing_choices(connection)
    return [
        f'the models differ from the migrations ({change}): run `make migration m="what changed"`'
        for change in [*changes, *missing]
    ]


def _upgrade(connection: sa.Connection) -> None:
    scripts = alembic.script_directory
    with EnvironmentContext(
        alembic.config, scripts, fn=lambda revision, _: scripts._upgrade_revs("heads", revision)
    ) as environment:
        environment.configure(connection=connection, target_metadata=Base.metadata)
        with environment.begin_transaction():
            environment.run_migrations()


def _missing_choices(connection: sa.Connection) -> list[str]:
    """Choices of an enum that the database does not allow yet: Alembic does not compare them."""
    inspector = sa.inspect(connection)
    missing = []
    for name in set(inspector.get_table_names()) & set(Base.metadata.tables):
        table = Base.metadata.tables[name]
        checks = {check["name"]: check["sqltext"] for check in _checks(inspector, name)}
        for column in table.columns:
            if isinstance(column.type, sa.Enum):
                text = checks.get(f"ck_{name}_{column.type.name}", "")
                lacking = [value for value in column.type.enums if f"'{value}'" not in text]
                missing += [f"{name}.{column.name} lacks {value}" for value in lacking]
    return missing


def _checks(inspector: sa.Inspector, table: str) -> list[dict[str, str]]:
    found = inspector.get_check_constraints(table)
    return [{"name": str(check["name"]), "sqltext": check["sqltext"]} for check in found]

"""What `flask db revision` writes beyond what Alembic does by itself."""

import re
from collections.abc import Sequence
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any

import click
import sqlalchemy as sa
from alembic.autogenerate import comparators
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from alembic.util import DispatchPriority, PriorityDispatchResult
from sqlalchemy.sql.elements import conv

Checks = dict[str, sa.CheckConstraint]
TIDY = {  # a new file passes `make check` as it is
    "hooks": "format",
    "format.type": "module",
    "format.module": "ruff",
    "format.options": "format --quiet REVISION_SCRIPT_FILENAME",
}


@comparators.dispatch_for("table", subgroup="checks")
def compare_checks(
    context: AutogenContext,
    changes: ops.ModifyTableOps,
    _schema: str | None,
    name: str,
    stored: sa.Table | None,
    wanted: sa.Table | None,
) -> PriorityDispatchResult:
    """See check constraints and the choices of enums, which Alembic does not compare."""
    if stored is None or wanted is None:
        return PriorityDispatchResult.CONTINUE
    for change in changes.ops:
        _part_from_check(change)
    before, after = _stored_checks(context, stored), _wanted_checks(wanted)
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and _same(context, old, new):
            continue
        if old is not None:  # first, for a column that goes takes its constraint along
            changes.ops.insert(0, ops.DropConstraintOp.from_constraint(old))
        if new is not None:
            changes.ops.append(ops.CreateCheckConstraintOp(conv(key), name, _text(new)))
    return PriorityDispatchResult.CONTINUE


def _stored_checks(context: AutogenContext, table: sa.Table) -> Checks:
    found = context.inspector.get_check_constraints(table.name)
    return {
        str(check["name"]): sa.CheckConstraint(
            check["sqltext"], name=conv(check["name"]), table=table
        )
        for check in found
        if check["name"]
    }


def _wanted_checks(table: sa.Table) -> Checks:
    checks = [part for part in table.constraints if isinstance(part, sa.CheckConstraint)]
    return {str(check.name): check for check in checks if check.name}


def _part_from_check(change: ops.MigrateOperation) -> None:
    """Make an enum plain text, for its check is compared, made and dropped by itself."""
    if isinstance(change, ops.AlterColumnOp) and isinstance(change.modify_type, sa.Enum):
        change.modify_type = sa.String(change.modify_type.length)
    if isinstance(change, ops.AddColumnOp) and isinstance(change.column.type, sa.Enum):
        change.column = _like(change.column, sa.String(change.column.type.length))


def _like(column: sa.Column[Any], kind: Any, default: str | None = None) -> sa.Column[Any]:
    """A column to be written down: another type, or a default of the database."""
    server_default = default or column.server_default
    own: Any = column.default.arg if isinstance(column.default, sa.ColumnDefault) else None
    return sa.Column(
        column.name, kind, nullable=column.nullable, default=own, server_default=server_default
    )


def _text(check: sa.CheckConstraint) -> str:
    options = {"literal_binds": True, "include_table": False}
    return str(check.sqltext.compile(compile_kwargs=options))


def _same(context: AutogenContext, old: sa.CheckConstraint, new: sa.CheckConstraint) -> bool:
    """SQLite keeps the text of a check; PostgreSQL keeps what it is about."""
    if context.dialect is not None and context.dialect.name == "sqlite":
        return _letters(_text(old)) == _letters(_text(new))
    return _parts(old) == _parts(new)


def _parts(check: sa.CheckConstraint) -> set[str]:
    """The texts, numbers and columns within a check."""
    found = re.findall(r"'(.*?)'|(-?\b\d+(?:\.\d+)?)|([a-z_]\w*)", _text(check))
    columns = check.table.c if check.table is not None else {}
    return {text or number or name for text, number, name in found if not name or name in columns}


def _letters(text: str) -> str:
    return re.sub(r'[\s"()]', "", text).lower()


def prepare(_context: MigrationContext, _revision: Any, scripts: list[ops.MigrationScript]) -> None:
    """Think of the rows that exist: they need values, and a rename looks like a loss.

    A new required column takes the model's default; say what people must do themselves. Without a
    change there is no migration.
    """
    if all(script.upgrade_ops is None or script.upgrade_ops.is_empty() for script in scripts):
        click.echo("The models have not changed, so nothing is written.")
        scripts.clear()
    for script in scripts:
        changes = script.upgrade_ops.ops if script.upgrade_ops else []
        _tell_losses("table", _names(changes, ops.DropTableOp), _names(changes, ops.CreateTableOp))
        for table in [change for change in changes if isinstance(change, ops.ModifyTableOps)]:
            gone = _names(table.ops, ops.DropColumnOp)
            _tell_losses(f"column of {table.table_name}", gone, _names(table.ops, ops.AddColumnOp))
            for change in table.ops:
                if isinstance(change, ops.AddColumnOp) and _is_required(change.column):
                    changes.append(_fill(change))
                if isinstance(change, ops.DropColumnOp) and _is_required(change.to_column()):
                    click.echo(
                        f"{change.table_name}.{change.column_name} is required: the way back needs "
                        "a server_default for the rows that exist."
                    )
                if isinstance(change, ops.AlterColumnOp) and change.modify_nullable is False:
                    place = f"{change.table_name}.{change.column_name}"
                    click.echo(
                        f"{place} is required now: in the file, fill it with op.execute first."
                    )


def _names(changes: Sequence[ops.MigrateOperation], kind: type[Any]) -> list[str]:
    found: list[Any] = [change for change in changes if isinstance(change, kind)]
    return [getattr(change, "column_name", None) or _name(change) for change in found]


def _name(change: Any) -> str:
    return str(change.column.name if isinstance(change, ops.AddColumnOp) else change.table_name)


def _tell_losses(what: str, gone: list[str], new: list[str]) -> None:
    if gone and new:
        click.echo(
            f"A {what} goes ({', '.join(gone)}) and one comes ({', '.join(new)}): "
            "if it only has a new name, rename it in the file, or its data are lost."
        )


def _is_required(column: sa.Column[Any]) -> bool:
    return not column.nullable and column.server_default is None


def _fill(added: ops.AddColumnOp) -> ops.ModifyTableOps:
    """Give a new column a default of the database; answer how it is taken away again."""
    column, table = added.column, added.table_name
    given = column.default
    value = given.arg if isinstance(given, sa.ColumnDefault) and given.is_scalar else None
    if isinstance(value, bool | int | float | str | Decimal):
        text = str(int(value)) if isinstance(value, bool) else str(value)
        added.column = _like(column, column.type, text)
    else:
        click.echo(
            f"{table}.{column.name} is required: in the file, give it a server_default "
            "for the rows that exist."
        )
    return ops.ModifyTableOps(
        table, [ops.AlterColumnOp(table, column.name, modify_server_default=None)]
    )


@comparators.dispatch_for("schema", priority=DispatchPriority.LAST)
def order_drops(
    context: AutogenContext, changes: ops.UpgradeOps, _schemas: object
) -> PriorityDispatchResult:
    """Drop a table before those it refers to: Alembic lists them in any order."""
    drops = {op.table_name: op for op in changes.ops if isinstance(op, ops.DropTableOp)}
    parents = {}
    for name in drops:
        links = context.inspector.get_foreign_keys(name)
        parents[name] = {link["referred_table"] for link in links} - {name}
    try:
        order = [*TopologicalSorter(parents).static_order()]
    except CycleError as error:
        names = ", ".join(error.args[1][1:])
        click.echo(f"Tables refer to each other ({names}): in the file, drop a foreign key first.")
    else:
        rest = [op for op in changes.ops if op not in drops.values()]
        changes.ops[:] = [*rest, *(drops[name] for name in reversed(order) if name in drops)]
    return PriorityDispatchResult.CONTINUE

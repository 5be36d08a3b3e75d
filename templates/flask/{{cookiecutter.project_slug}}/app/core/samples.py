"""Rows with plausible values, for demo data and for tests."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa

from app.core.columns import Exact, UtcDateTime
from app.core.db import Base, db
from app.core.fields import Field, fields
from app.core.records import save

ModelT = TypeVar("ModelT", bound=Base)
START = dt.datetime(2024, 1, 1, 9, tzinfo=dt.UTC)
BY_TYPE: dict[type[Any], Callable[[int], Any]] = {
    sa.Boolean: lambda number: number % 2 == 0,
    sa.BigInteger: lambda number: 3_000_000_000 + number,
    sa.Integer: lambda number: number,
    sa.Float: lambda number: number + 0.5,
    UtcDateTime: lambda number: START + dt.timedelta(hours=number),
    sa.Date: lambda number: START.date() + dt.timedelta(days=number),
    sa.Time: lambda number: (START + dt.timedelta(minutes=number)).time(),
    sa.Uuid: lambda number: uuid.UUID(int=number),
    sa.JSON: lambda number: {"number": number},
}
BY_FORMAT = {
    "email": "person{}@example.com",
    "url": "https://example.com/{}",
    "slug": "sample-{}",
}


def value(field: Field, number: int) -> Any:
    """A value for a column; another number gives another value, as far as the type has one."""
    kind = field.column.type
    if isinstance(kind, sa.Boolean) and not field.column.unique and field.default is not None:
        return field.default
    if field.choices:
        return field.choices[number % len(field.choices)]
    if field.format:
        return BY_FORMAT[field.format].format(number)
    if isinstance(kind, Exact):
        return Decimal(number % 10**kind.digits).scaleb(-kind.places)
    if isinstance(kind, sa.String):
        text = f"{field.label} {number}"
        return text if len(text) <= (kind.length or 200) else str(number)[-(kind.length or 1) :]
    return next(make(number) for known, make in BY_TYPE.items() if isinstance(kind, known))


def sample(model: type[ModelT], number: int | None = None, **given: Any) -> ModelT:
    """Store a row of a model, each with rows of its own behind its references.

    Args:
        model: what to make.
        number: a row with another number has other values; the next one by default.
        given: values by `Field.key` that win.
    """
    return _sample(model, number or next_number(model), given, frozenset({model}))


def _sample(
    model: type[ModelT], number: int, given: Mapping[str, Any], within: frozenset[type[Base]]
) -> ModelT:
    values: dict[str, Any] = {}
    for field in fields(model):
        if field.key in given or field.source:
            continue
        if field.target is None:
            scarce = bool(field.choices and field.column.unique)
            values[field.key] = value(field, count(model) if scarce else number)
        elif field.target not in within or field.required:
            row = _reference(field.target, within)
            values[field.key] = [row.id] if field.many else row.id
    record = model()
    save(record, values | dict(given))
    return record


def _reference(target: type[Base], within: frozenset[type[Base]]) -> Base:
    limit = capacity(target)
    if limit < float("inf") and count(target) >= limit:
        return db.session.scalars(sa.select(target).limit(1)).one()
    return _sample(target, next_number(target), {}, within | {target})


def next_number(model: type[Base]) -> int:
    """A number that no row was made with."""
    return (db.session.scalar(sa.select(sa.func.max(model.id))) or 0) + 1


def count(model: type[Base]) -> int:
    """How many rows there are."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def capacity(model: type[Base]) -> float:
    """How many rows there can be: a unique enum has as many as choices."""
    unique = [field for field in fields(model) if field.column.unique and not field.many]
    limits = [float(len(field.choices)) for field in unique if field.choices]
    limits += [2.0 for field in unique if isinstance(field.column.type, sa.Boolean)]
    return min(limits, default=float("inf"))


def fill(model: type[Base], rows: int, **given: Any) -> int:
    """Bring a table up to a number of rows; answer how many were added."""
    missing = int(min(rows, capacity(model))) - count(model)
    for _ in range(missing):
        sample(model, **given)
    return max(missing, 0)

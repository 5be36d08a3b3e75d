"""Rows with plausible values, for demonstration and for tests."""

import datetime as dt
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction

ModelT = TypeVar("ModelT", bound=models.Model)
Make = Callable[[Any, int], Any]
SPARE = 10  # attempts beyond the rows that are wanted
START = dt.datetime(2024, 1, 1, 9, tzinfo=dt.UTC)


def _text(field: Any, number: int) -> str:
    text = f"{str(field.verbose_name).capitalize()} {number}"
    return text if len(text) <= (field.max_length or 200) else str(number)[-field.max_length :]


def _decimal(field: Any, number: int) -> Decimal:
    whole = field.max_digits - field.decimal_places
    return Decimal(number) if number < 10**whole else Decimal(number).scaleb(-field.decimal_places)


MAKERS: dict[type[Any], Make] = {  # a subclass stands before its base
    models.BooleanField: lambda field, number: number % 2 == 0,
    models.BigIntegerField: lambda field, number: 3_000_000_000 + number,
    models.IntegerField: lambda field, number: number,
    models.FloatField: lambda field, number: number + 0.5,
    models.DecimalField: _decimal,
    models.DateTimeField: lambda field, number: START + dt.timedelta(hours=number),
    models.DateField: lambda field, number: START.date() + dt.timedelta(days=number),
    models.TimeField: lambda field, number: (START + dt.timedelta(minutes=number)).time(),
    models.UUIDField: lambda field, number: uuid.UUID(int=number),
    models.EmailField: lambda field, number: f"person{number}@example.com",
    models.URLField: lambda field, number: f"https://example.com/{number}",
    models.SlugField: lambda field, number: f"sample-{number}",
    models.CharField: _text,
    models.TextField: _text,
    models.JSONField: lambda field, number: {"number": number},
}


def value(field: Any, number: int) -> Any:
    """A value for a column; another number gives another value, as far as the type has one."""
    if field.choices:
        return field.choices[number % len(field.choices)][0]
    return next(make(field, number) for kind, make in MAKERS.items() if isinstance(field, kind))


def values(model: type[models.Model], number: int) -> dict[str, Any]:
    """Values for all columns of a row that do not fill themselves, without references."""
    return {
        field.name: value(field, number)
        for field in model._meta.concrete_fields
        if not (field.is_relation or field.primary_key or getattr(field, "auto_now", False))
        and not getattr(field, "auto_now_add", False)
    }


def sample(model: type[ModelT], number: int | None = None, **given: Any) -> ModelT:
    """Store a row of a model, with rows of its own behind its references.

    Args:
        model: what to make.
        number: a row with another number has other values; the next one by default.
        given: values that win, by name; a list for many-to-many.
    """
    return _sample(model, number or next_number(model), given, frozenset({model}))


def fill(model: type[models.Model], rows: int, **given: Any) -> int:
    """Bring a table up to a number of rows, or as many as its unique columns allow.

    Returns:
        How many were added.
    """
    missing = max(rows - model._base_manager.count(), 0)
    added, number = 0, next_number(model)
    for attempt in range(missing and missing + SPARE):
        try:
            with transaction.atomic():
                sample(model, number + attempt, **given)
        except IntegrityError:
            continue  # a value that must be unique is taken
        added += 1
        if added == missing:
            break
    return added


def next_number(model: type[models.Model]) -> int:
    """A number that no row was made with."""
    last: int | None = model._base_manager.aggregate(last=models.Max("pk"))["last"]
    return (last or 0) + 1


def _sample(
    model: type[ModelT], number: int, given: dict[str, Any], within: frozenset[type[models.Model]]
) -> ModelT:
    if model is get_user_model():
        row = {"email": f"person{number}@example.com", "name": f"Person {number}", **given}
        return model._base_manager.create(**row)
    many = {field.name for field in model._meta.many_to_many}
    ready = {name: item for name, item in given.items() if name not in many}
    references = {
        field.name: _target(field, within)
        for field in model._meta.concrete_fields
        if field.is_relation and field.name not in given
    }
    stored = model._base_manager.create(**{**values(model, number), **references, **ready})
    for field in model._meta.many_to_many:
        rows = given.get(field.name, [_target(field, within)])
        getattr(stored, field.name).set([item for item in rows if item is not None])
    return stored


def _target(field: Any, within: frozenset[type[models.Model]]) -> models.Model | None:
    """A row behind a reference: a new one where it must be unique, else one that is there."""
    model: type[models.Model] = field.related_model
    if model in within and (field.null or field.many_to_many):
        return None
    known = None if field.unique else model._base_manager.first()
    return known or _sample(model, next_number(model), {}, within | {model})

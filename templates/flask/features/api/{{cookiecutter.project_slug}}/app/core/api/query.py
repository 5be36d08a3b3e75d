"""Paging, search, filters and ordering of a list."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

import sqlalchemy as sa
from annotated_types import Ge, Le
from flask import current_app
from pydantic import BeforeValidator, TypeAdapter, ValidationError
from pydantic import Field as Constraint

from app.core.api.names import camel
from app.core.api.values import Text, WholeNumber, value_type, whole
from app.core.columns import Exact, UtcDateTime
from app.core.db import Base, db
from app.core.errors import FieldError, ProblemError
from app.core.fields import AUTOMATIC, Field, automatic, is_id

Condition = sa.ColumnElement[bool]
ROWS = sa.func.count()
ORDERED = (sa.Integer, sa.Float, Exact, sa.Date, sa.Time, UtcDateTime)


@dataclass(frozen=True)
class Filter:
    """A condition that a query may name.

    Args:
        name: as the client writes it: `publishedAt__gte`.
        schema: checks the value.
        condition: makes the SQL of it.
    """

    name: str
    schema: TypeAdapter[Any]
    condition: Callable[[Any], Condition]


@dataclass(frozen=True, eq=False)
class Listing:
    """What the query of a list may ask for.

    Args:
        filters: by name.
        orderings: columns, by name.
        search: makes the SQL of a search.
        last: the column that decides where the ordering leaves rows equal.
    """

    filters: Mapping[str, Filter]
    orderings: Mapping[str, Any]
    search: Callable[[str], Condition]
    last: Any


def filters(model: type[Base], shown: Iterable[Field]) -> dict[str, Filter]:
    """The filters of a model, by name."""
    columns = _columns(model, shown)
    return {found.name: found for field in columns for found in _filters(model, field)}


def _columns(model: type[Base], shown: Iterable[Field]) -> tuple[Field, ...]:
    return (*(automatic(model, name) for name in AUTOMATIC), *shown)


def _filters(model: type[Base], field: Field) -> Iterator[Filter]:
    column = field.column.type
    if isinstance(column, sa.JSON):
        return
    name = camel(field.key)
    if field.target or field.column.primary_key:
        yield Filter(name, TypeAdapter(WholeNumber), lambda value: _leads_to(model, field, value))
        return
    schema = TypeAdapter(value_type(field, query=True))
    attribute = getattr(model, field.key)
    if field.searchable:
        schema = TypeAdapter(Text)
    yield Filter(name, schema, lambda value: attribute == value)
    if isinstance(column, ORDERED):
        yield Filter(f"{name}__gte", schema, lambda value: attribute >= value)
        yield Filter(f"{name}__lte", schema, lambda value: attribute <= value)
    if field.searchable:
        contains = attribute.icontains
        yield Filter(f"{name}__contains", schema, lambda value: contains(value, autoescape=True))


def _leads_to(model: type[Base], field: Field, value: int) -> Condition:
    if not is_id(value):
        return sa.false()
    if field.many:
        found: Condition = getattr(model, field.name).any(field.column == value)
        return found
    same: Condition = getattr(model, field.key) == value
    return same


def orderings(model: type[Base], shown: Iterable[Field]) -> dict[str, Any]:
    """The columns that a list may be ordered by, by name."""
    return {
        camel(field.name): getattr(model, field.key)
        for field in _columns(model, shown)
        if not field.target and not isinstance(field.column.type, sa.JSON | sa.Text)
    }


def parameters(listing: Listing) -> dict[str, TypeAdapter[Any]]:
    """Every name that the query of a list may hold."""
    return _parameters(listing, current_app.config["API_MAX_PAGE_SIZE"])


@cache
def _parameters(listing: Listing, most: int) -> dict[str, TypeAdapter[Any]]:
    return {
        "page": TypeAdapter(Annotated[int, Ge(1), BeforeValidator(whole)]),
        "pageSize": TypeAdapter(Annotated[int, Ge(1), Le(most), BeforeValidator(whole)]),
        "search": TypeAdapter(Text),
        "ordering": TypeAdapter(Annotated[Text, _described(_ordering_pattern(listing))]),
        **{name: found.schema for name, found in listing.filters.items()},
    }


@cache
def _ordering_pattern(listing: Listing) -> str:
    name = f"-?({'|'.join(listing.orderings)})"
    return f"^({name}(,{name})*)?$"


def _described(pattern: str) -> Any:
    """A pattern for the document alone: what breaks it deserves a plainer word."""
    return Constraint(json_schema_extra={"pattern": pattern})


def read_query(listing: Listing, query: Mapping[str, str]) -> dict[str, Any]:
    """Check the query of a list; names that mean nothing are ignored.

    Raises:
        ProblemError: a value is not valid (400).
    """
    values, problems = {}, []
    schemas = parameters(listing)
    for name in [name for name in query if name in schemas]:
        try:
            values[name] = schemas[name].validate_python(query[name])
        except ValidationError as error:
            problems.append(FieldError(name, "invalid", error.errors()[0]["msg"]))
    if not re.fullmatch(_ordering_pattern(listing), values.get("ordering", "")):
        known = ", ".join(sorted(listing.orderings))
        problems.append(FieldError("ordering", "invalid", f"Lists are ordered by {known}."))
    if problems:
        raise ProblemError(400, "The query is not valid.", problems)
    return values


def _parts(values: Mapping[str, Any]) -> list[str]:
    return [part for part in values.get("ordering", "").split(",") if part]


def page(
    listing: Listing, statement: sa.Select[Any], values: Mapping[str, Any]
) -> tuple[dict[str, int], list[Any]]:
    """Run a list.

    Returns:
        The counts of the answer, and its rows.

    Raises:
        ProblemError: the page is beyond the last (404).
    """
    for name, value in values.items():
        if name in listing.filters:
            statement = statement.where(listing.filters[name].condition(value))
    if term := values.get("search"):
        statement = statement.where(listing.search(term))
    number, size = values.get("page", 1), values.get("pageSize", current_app.config["API_PAGE_SIZE"])
    counted = statement.with_only_columns(ROWS, maintain_column_froms=True)
    count = db.session.scalar(counted) or 0
    pages = max(-(-count // size), 1)
    if number > pages:
        raise ProblemError(404, "This page is beyond the last.")
    ordered = statement.order_by(*_order(listing, values), listing.last)
    rows = db.session.scalars(ordered.limit(size).offset((number - 1) * size)).all()
    return {"count": count, "page": number, "pageSize": size, "pages": pages}, list(rows)


def _order(listing: Listing, values: Mapping[str, Any]) -> list[Any]:
    known = listing.orderings
    return [_sorted(known[part.removeprefix("-")], part.startswith("-")) for part in _parts(values)]


def _sorted(column: Any, backwards: bool) -> Any:
    """Databases do not agree where absent values stand: here they are the largest."""
    if not getattr(column, "nullable", True):
        return column.desc() if backwards else column
    return column.desc().nulls_first() if backwards else column.asc().nulls_last()

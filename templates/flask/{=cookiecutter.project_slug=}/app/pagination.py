"""Lists: one page of a query, and what it can be ordered by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import abort
from sqlalchemy import Select, UnaryExpression, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.extensions import db

T = TypeVar("T")


@dataclass(frozen=True)
class Paginated(Generic[T]):
    """Some rows, and where they stand among all of them."""

    results: Sequence[T]
    count: int
    page: int
    page_size: int
    pages: int


def paginate(query: Select[Any], page: int, page_size: int) -> Paginated[Any]:
    """Return the rows of one page; answer 404 if there is no such page."""
    count = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    pages = max(1, -(-(count or 0) // page_size))
    if not 1 <= page <= pages:
        abort(404, "There is no such page.")
    rows = db.session.scalars(query.limit(page_size).offset((page - 1) * page_size))
    return Paginated(rows.all(), count or 0, page, page_size, pages)


def orderings(
    columns: Mapping[str, InstrumentedAttribute[Any]],
) -> dict[str, UnaryExpression[Any]]:
    """Return what a list can be ordered by: each name, and with a minus the other way round."""
    ascending = {name: column.asc().nulls_last() for name, column in columns.items()}
    descending = {f"-{name}": column.desc().nulls_first() for name, column in columns.items()}
    return ascending | descending

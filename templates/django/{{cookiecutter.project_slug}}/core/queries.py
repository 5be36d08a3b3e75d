"""Reads that every app needs."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

WORDS = 20  # more make a query dear
QuerySetT = TypeVar("QuerySetT", bound=QuerySet[Any])


def search(rows: QuerySetT, fields: Iterable[str], text: str) -> QuerySetT:
    """Keep the rows that hold every word of a text in one of some fields; a long text is cut."""
    names = list(fields)
    for word in list(dict.fromkeys(text.replace("\0", "").split()))[:WORDS]:
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    return rows

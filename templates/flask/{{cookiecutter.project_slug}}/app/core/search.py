"""Search in the texts of a model."""

import sqlalchemy as sa

from app.core.db import Base
from app.core.fields import visible

WORDS = 20  # more make a query dear, and too deep for some databases


def matches(model: type[Base], term: str) -> sa.ColumnElement[bool]:
    """The rows that hold every word of a term, each in any of the texts; case does not matter."""
    columns = [getattr(model, field.key) for field in visible(model) if field.searchable]
    words = (
        sa.or_(sa.false(), *(column.icontains(word, autoescape=True) for column in columns))
        for word in list(dict.fromkeys(term.split()))[:WORDS]
    )
    return sa.and_(sa.true(), *words)

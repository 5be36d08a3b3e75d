"""Reads that are worth writing by hand: Core statements, where the ORM would load too much."""

import sqlalchemy as sa

# % for resource in app.resources
from app.blueprints.{{ app.name }}.models import {{ resource.name }}
# % endfor
from app.core.db import db


def totals() -> dict[str, int]:
    """How many rows each table has, by the resource's path: one statement for all of them."""
    tables = {
        # % for resource in app.resources
        "{{ resource.kebab }}": {{ resource.name }}.__table__,
        # % endfor
    }
    counts = [
        sa.select(sa.func.count()).select_from(table).scalar_subquery().label(name)
        for name, table in tables.items()
    ]
    row = db.session.execute(sa.select(*counts)).one()
    return dict(zip(tables, row, strict=True))

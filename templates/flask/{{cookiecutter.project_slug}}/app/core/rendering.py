"""How Alembic writes this project's own column types into a migration."""

from typing import Any, Literal

from app.core.columns import Exact, UtcDateTime


def render_migration_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write plain SQLAlchemy types, so that a migration imports nothing of the application."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Exact):
        return f"sa.Numeric({item.digits}, {item.places})"
    return False

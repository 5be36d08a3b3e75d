"""What a page shows of a row."""

import json
from typing import Any

from django.db import models


def label(model: type[models.Model], name: str) -> str:
    """What people call a column."""
    text = str(getattr(model._meta.get_field(name), "verbose_name", name))
    return text[:1].upper() + text[1:]


def cell(row: models.Model, name: str) -> Any:
    """What people read in a column; empty for nothing."""
    field: Any = row._meta.get_field(name)
    if field.many_to_many:
        return ", ".join(str(other) for other in getattr(row, name).all())
    if field.choices:
        return getattr(row, f"get_{name}_display")() or ""
    value = getattr(row, name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return json.dumps(value, ensure_ascii=False) if isinstance(field, models.JSONField) else value

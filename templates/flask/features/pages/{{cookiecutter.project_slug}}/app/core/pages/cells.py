"""Values as people read them."""

import datetime as dt
import json
from typing import Any

from app.core.db import Base
from app.core.fields import Field
from app.core.formats import choice_label


def cell(record: Base, field: Field) -> str:
    """The value of a field as text for people."""
    value = getattr(record, field.name)
    return choice_label(value) if field.choices and value else as_text(value)


def as_text(value: Any) -> str:
    """A value as people read it."""
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M UTC")
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        rows = all(isinstance(item, Base) for item in value)
        return ", ".join(map(str, value)) if rows else json.dumps(value, ensure_ascii=False)
    return str(value)

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
    if isinstance(value, dt.date | dt.time):
        return _moment(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        rows = all(isinstance(item, Base) for item in value)
        return ", ".join(map(str, value)) if rows else json.dumps(value, ensure_ascii=False)
    return str(value)


def _moment(value: dt.date | dt.time) -> str:
    if isinstance(value, dt.time):
        return value.isoformat("seconds" if value.second else "minutes")
    day = f"{value.day} {value:%b %Y}"
    return f"{day}, {value:%H:%M} UTC" if isinstance(value, dt.datetime) else day

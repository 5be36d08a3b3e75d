"""What a page shows of a row."""

import datetime as dt
import json
from typing import Any

from django.db import models
from django.utils.text import capfirst

NOTHING = "\N{EN DASH}"


def label(model: type[models.Model], name: str) -> str:
    """What people call a column."""
    return capfirst(str(getattr(model._meta.get_field(name), "verbose_name", name)))


def cell(row: models.Model, name: str) -> str:
    """What people read in a column."""
    field: Any = row._meta.get_field(name)
    if field.many_to_many:
        value: Any = ", ".join(str(other) for other in getattr(row, name).all())
    elif field.choices:
        value = getattr(row, f"get_{name}_display")()
    else:
        value = getattr(row, name)
    return as_text(value, is_json=isinstance(field, models.JSONField))


def as_text(value: Any, *, is_json: bool = False) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return NOTHING
    if is_json:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date | dt.time):
        return _moment(value)
    return str(value)


def _moment(value: dt.date | dt.time) -> str:
    if isinstance(value, dt.time):
        return value.isoformat("seconds" if value.second else "minutes")
    day = f"{value.day} {value:%b %Y}"
    return f"{day}, {value:%H:%M} UTC" if isinstance(value, dt.datetime) else day

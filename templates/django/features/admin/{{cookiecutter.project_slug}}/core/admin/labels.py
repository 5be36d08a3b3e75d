"""What staff know a row by."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin


def label(obj: Any) -> str:
    """Give the text of a row, unless its model has a name for staff alone: `staff_label`."""
    return str(getattr(obj, "staff_label", obj))


def column(field: Any) -> str | Callable[[Any], str | None]:
    """Make a column of a list: a reference shows what staff know its row by."""
    if not (field.is_relation and hasattr(field.related_model, "staff_label")):
        return str(field.name)

    @admin.display(description=field.verbose_name, ordering=field.name)
    def shown(row: Any) -> str | None:
        other = getattr(row, field.name)
        return label(other) if other else None

    return shown

"""Form fields that Django lacks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput

from core.fields import is_storable


class JSONField(forms.JSONField):
    """Refuses what no database keeps or nobody can read, as it refuses what is no JSON."""

    def to_python(self, value: Any) -> Any:
        """Read what was typed."""
        try:
            found = super().to_python(value)
            storable = is_storable(found)
        except (RecursionError, ValueError):  # nested too deep, a number with too many digits
            storable = False
        if not storable:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show what was typed."""
        try:
            found = super().bound_data(data, initial)
            return found if is_storable(found) else InvalidJSONInput(data)
        except (RecursionError, ValueError):
            return InvalidJSONInput(data)

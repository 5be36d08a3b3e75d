from datetime import UTC
from typing import Any

from django import forms


class DateTimeField(forms.DateTimeField):
    """PostgreSQL refuses offsets of 16 hours and more, and some times do not exist in UTC."""

    widget = forms.DateTimeInput({"type": "datetime-local", "step": 1}, "%Y-%m-%dT%H:%M:%S")

    def to_python(self, value: Any) -> Any:
        try:
            return (value := super().to_python(value)) and value.astimezone(UTC)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from error

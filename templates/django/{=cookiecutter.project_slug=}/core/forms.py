from datetime import UTC
from typing import Any

from django import forms
from django.conf import settings


class DateTimeField(forms.DateTimeField):
    """PostgreSQL refuses offsets of 16 hours and more, and some times do not exist in UTC."""

    widget = forms.DateTimeInput({"type": "datetime-local", "step": 1}, "%Y-%m-%dT%H:%M:%S")

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = kwargs.get("help_text") or f"In {settings.TIME_ZONE}."
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return (value := super().to_python(value)) and value.astimezone(UTC)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from error

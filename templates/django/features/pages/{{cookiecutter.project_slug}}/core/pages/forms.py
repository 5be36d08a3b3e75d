"""Forms with the controls that browsers have for dates, times and long texts."""

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.fields import InvalidJSONInput

ModelT = TypeVar("ModelT", bound=models.Model)


class JSONField(forms.JSONField):
    """Refuses what is nested too deep to be read, as it refuses what is no JSON."""

    def to_python(self, value: Any) -> Any:
        """Read what was typed."""
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show what was typed."""
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return InvalidJSONInput(data)


CONTROLS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.DateField: {"widget": forms.DateInput({"type": "date"}, "%Y-%m-%d")},
    models.TimeField: {"widget": forms.TimeInput({"type": "time", "step": 1}, "%H:%M:%S")},
    models.DateTimeField: {
        "widget": forms.DateTimeInput({"type": "datetime-local", "step": 1}, "%Y-%m-%dT%H:%M:%S"),
        "help_text": "UTC",
    },
    models.ManyToManyField: {"help_text": "Hold Ctrl, or ⌘ on a Mac, to choose several."},
    models.TextField: {"strip": False},
    models.JSONField: {"form_class": JSONField},
}


def control(column: Any, **options: Any) -> forms.Field | None:
    """Make the form field of a column."""
    found: forms.Field | None = column.formfield(**{**options, **CONTROLS.get(type(column), {})})
    return found


class ModelForm(forms.ModelForm[ModelT]):
    """A form that is read off a model; its `Meta` derives from `ModelForm.Meta`."""

    class Meta:
        formfield_callback = control

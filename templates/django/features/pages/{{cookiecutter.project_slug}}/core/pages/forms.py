"""Forms with the controls that browsers have for dates, times and long texts."""

from typing import Any, TypeVar

from django import forms
from django.db import models

from core.forms import JSONField

ModelT = TypeVar("ModelT", bound=models.Model)

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

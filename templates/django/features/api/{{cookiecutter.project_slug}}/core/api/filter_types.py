"""What a filter takes of each type of value."""

import re
from datetime import UTC
from typing import Any

from django import forms
from django_filters import DateTimeFilter, Filter, NumberFilter, TypedChoiceFilter
from drf_spectacular.utils import extend_schema_field

from core.api.fields import TIME, TIME_SCHEMA


class WholeNumberField(forms.IntegerField):
    """Refuses "1.0", which Django takes for a whole number."""

    re_decimal = re.compile(r"(?!)")


class IntegerFilter(NumberFilter):
    """A whole number, such as the id of a reference."""

    field_class: Any = WholeNumberField

    def get_max_validator(self) -> None:
        """Leave the limit to the column; of an id there is none, it is unknown."""


@extend_schema_field({"type": "boolean"})
class TruthFilter(TypedChoiceFilter):
    """True or false, nothing else."""

    def __init__(self, **options: Any) -> None:
        choices = [("true", "true"), ("false", "false")]
        super().__init__(**{"choices": choices, "coerce": lambda text: text == "true", **options})


@extend_schema_field(TIME_SCHEMA)
class TimeFilter(Filter):
    """A time of day, written as in a body."""

    field_class = forms.RegexField

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"regex": TIME, "strip": True, **options})


class MomentField(forms.DateTimeField):
    """A moment that is one in UTC, too."""

    def clean(self, value: Any) -> Any:
        """Read a moment."""
        moment = super().clean(value)
        try:
            return moment and moment.astimezone(UTC)
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None


class MomentFilter(DateTimeFilter):
    """A moment."""

    field_class: Any = MomentField


class DecimalFilter(NumberFilter):
    """An exact number within the digits of its column."""

    def get_max_validator(self) -> None:
        """Leave the limit to the digits."""

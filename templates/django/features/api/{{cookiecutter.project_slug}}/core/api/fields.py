"""Values of JSON, taken at their word: no number for a text, no text for a number."""

import math
import re
from datetime import UTC
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.fields import is_storable

TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"
INT_MAX, INT_MIN = 2**31 - 1, -(2**31)  # of 32 bits, whatever the database
# OpenAPI's own format `time` would need a zone.
TIME_SCHEMA = {"type": "string", "pattern": TIME}
JSON_TYPES: dict[type[serializers.Field[Any, Any, Any, Any]], tuple[type, ...]] = {
    serializers.BooleanField: (bool,),
    serializers.IntegerField: (int,),
    serializers.FloatField: (int, float),
    serializers.DecimalField: (int, float, str),
    serializers.CharField: (str,),
    serializers.UUIDField: (str,),
    serializers.DateTimeField: (str,),
    serializers.DateField: (str,),
    serializers.TimeField: (str,),
    serializers.PrimaryKeyRelatedField: (int,),
}


def is_of_type(field: Any, value: Any) -> bool:
    """Tell whether a value has the type that JSON has for a field; null is another question."""
    if value is None or field.read_only:
        return True
    if isinstance(field, serializers.ManyRelatedField):
        return isinstance(value, list) and all(type(item) is int for item in value)
    if isinstance(field, serializers.TimeField) and isinstance(value, str):
        return re.fullmatch(TIME, value) is not None
    types = next((types for kind, types in JSON_TYPES.items() if isinstance(field, kind)), None)
    return types is None or type(value) in types


class Text(serializers.CharField):
    """Many lines, kept as they were sent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"trim_whitespace": False, **options})

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Count white space alone as blank."""
        if isinstance(data, str) and not data.strip() and not self.allow_blank:
            self.fail("blank")
        return super().run_validation(data)


class Float(serializers.FloatField):
    """A number that JSON can hold."""

    def to_internal_value(self, data: Any) -> float:
        """Read a number."""
        number = super().to_internal_value(data)
        if not math.isfinite(number):
            self.fail("invalid")
        return number


class Url(serializers.URLField):
    """An address on the web."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"trim_whitespace": False, **options})
        kept = [check for check in self.validators if not isinstance(check, URLValidator)]
        self.validators = [*kept, URLValidator(("http", "https"))]


class DateTime(serializers.DateTimeField):
    """A moment, written in UTC whatever the zone of the settings."""

    def to_representation(self, value: Any) -> Any:
        """Write a moment."""
        if "format" in vars(self) or isinstance(value, str):
            return super().to_representation(value)
        moment = value if value.tzinfo is UTC else value.astimezone(UTC)
        return moment.isoformat().removesuffix("+00:00") + "Z"


@extend_schema_field(TIME_SCHEMA)
class Time(serializers.TimeField):
    """A time of day, which has no zone."""


@extend_schema_field({"type": ["array", "boolean", "number", "object", "string"], "items": {}})
class Json(serializers.JSONField):
    """Any JSON that a database can hold."""

    def to_internal_value(self, data: Any) -> Any:
        """Read a value."""
        try:
            storable = is_storable(data)
        except RecursionError:  # too deep for others, too
            storable = False
        if not storable:
            self.fail("invalid")
        return super().to_internal_value(data)


class Reference(serializers.Serializer[models.Model]):
    """Another row, as its id and its label."""

    id = serializers.IntegerField(read_only=True)
    label = serializers.CharField(source="__str__", read_only=True)  # type: ignore[assignment]  # a name of DRF's

    def to_representation(self, instance: models.Model) -> Any:
        """Write the two."""
        return {"id": instance.pk, "label": str(instance)}

"""Rows as JSON and back: camelCase outside, snake_case inside."""

import math
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.serializers import as_serializer_error

from core.api.naming import camel
from core.fields import AutoSlugField

T = TypeVar("T")
ModelT = TypeVar("ModelT", bound=models.Model)


class Serializer(serializers.Serializer[T]):
    """Writes and reads names in camelCase; refuses keys it does not know."""

    def to_representation(self, instance: T) -> Any:
        """Write a row."""
        values: dict[Any, Any] = super().to_representation(instance)
        return {camel(name): value for name, value in values.items()}

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Read and check a row; errors bear the names that the client wrote."""
        if not isinstance(data, Mapping):
            return super().run_validation(data)
        names = {camel(str(name)): str(name) for name in self.fields}
        unknown = set(data) - set(names) - self.ignored_keys()
        errors = {key: [ErrorDetail("There is no such key.", code="unknown")] for key in unknown}
        try:
            values = super().run_validation(
                {n: data[key] for key, n in names.items() if key in data}
            )
        except ValidationError as error:
            found: dict[Any, Any] = as_serializer_error(error)
            written = {name: key for key, name in names.items()}
            raise ValidationError(
                {**{written.get(name, name): told for name, told in found.items()}, **errors}
            ) from None
        if errors:
            raise ValidationError(errors)
        return values

    def ignored_keys(self) -> set[str]:
        """Keys that may be there but are the server's to set: `authorId` of an owner."""
        return {
            camel(f"{name}_id")
            for name, field in self.fields.items()
            if isinstance(field, Reference)
        }


class Reference(Serializer[models.Model]):
    """Another row, as its id and its label."""

    id = serializers.IntegerField(read_only=True)
    label = serializers.CharField(source="__str__", read_only=True)  # type: ignore[assignment]  # a name of DRF's


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


@extend_schema_field({"type": ["array", "boolean", "number", "object", "string"]})
class Json(serializers.JSONField):
    """Any JSON that a database can hold."""

    def to_internal_value(self, data: Any) -> Any:
        """Read a value."""
        if not _storable(data):
            self.fail("invalid")
        return super().to_internal_value(data)


class ModelSerializer(Serializer[ModelT], serializers.ModelSerializer[ModelT]):
    """A serializer that is read off a model; `PUT` puts back what is left out."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.TextField: Text,
        models.FloatField: Float,
        models.JSONField: Json,
    }

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        """Require every column that has no value of its own, be it empty text."""
        kind, options = super().build_standard_field(field_name, model_field)
        made = model_field.null or model_field.has_default() or "read_only" in options
        if not made and not isinstance(model_field, AutoSlugField):
            options["required"] = True
        return kind, options

    def to_internal_value(self, data: Any) -> Any:
        """Read a row."""
        values = super().to_internal_value(data)
        replaces = self.instance is not None and not self.partial
        return {**self._defaults(data), **values} if replaces else values

    def _defaults(self, data: Mapping[str, Any]) -> dict[str, Any]:
        model: Any = self.Meta.model
        absent = [f for f in self._writable_fields if f.field_name not in data and not f.required]
        return {
            str(field.source): [] if column.many_to_many else column.get_default()
            for field in absent
            if (column := model._meta.get_field(str(field.source)))
        }


def _storable(value: Any) -> bool:
    """Tell whether a database takes every text in a value: none takes NUL or half characters."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, dict):
        return all(_storable(key) and _storable(item) for key, item in value.items())
    return all(map(_storable, value)) if isinstance(value, list) else True

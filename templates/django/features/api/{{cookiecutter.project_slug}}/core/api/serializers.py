"""Rows as JSON and back: camelCase outside, snake_case inside."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, TypeVar

from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.fields import SkipField
from rest_framework.serializers import as_serializer_error

from core.api.fields import (
    INT_MAX,
    INT_MIN,
    DateTime,
    Float,
    Json,
    Reference,
    Text,
    Time,
    Url,
    is_of_type,
)
from core.api.naming import camel
from core.api.output import Step, steps
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
        for key, name in names.items():
            if key in data and not is_of_type(self.fields[name], data[key]):
                errors[key] = [ErrorDetail("This is not a value of its type.", code="invalid")]
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


class ModelSerializer(Serializer[ModelT], serializers.ModelSerializer[ModelT]):
    """A serializer that is read off a model; `PUT` puts back what is left out."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: DateTime,
        models.TextField: Text,
        models.URLField: Url,
        models.FloatField: Float,
        models.TimeField: Time,
        models.JSONField: Json,
    }

    def to_representation(self, instance: ModelT) -> Any:
        """Write a row."""
        values = {}
        for name, key, write in self._steps:
            try:
                values[key] = write(instance) if write else self._write(name, instance)
            except SkipField:
                continue
        return values

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        """The steps of the class, unless this one serializer has fields of its own."""
        kind, base = type(self), ModelSerializer
        usual = (kind.__init__, kind.get_fields) == (base.__init__, base.get_fields)
        if usual and "fields" not in vars(self):
            return _steps_of(kind)
        return steps(self.fields.values(), self.Meta.model)

    def _write(self, name: str, instance: ModelT) -> Any:
        """Ask a field for its value."""
        field = self.fields[name]
        value = field.get_attribute(instance)
        return None if value is None else field.to_representation(value)

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        """Require every column that has no value of its own, be it empty text."""
        kind, options = super().build_standard_field(field_name, model_field)
        made = model_field.null or model_field.has_default() or "read_only" in options
        if not made and not isinstance(model_field, AutoSlugField):
            options["required"] = True
        if model_field.choices or isinstance(model_field, models.EmailField | models.URLField):
            options.pop("allow_blank", None)  # absent is null
        if type(model_field) is models.IntegerField and "read_only" not in options:
            options["max_value"] = min(options.get("max_value", INT_MAX), INT_MAX)
            options["min_value"] = max(options.get("min_value", INT_MIN), INT_MIN)
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


@cache
def _steps_of(serializer: type[ModelSerializer[Any]]) -> tuple[Step, ...]:
    return steps(serializer().fields.values(), serializer.Meta.model)

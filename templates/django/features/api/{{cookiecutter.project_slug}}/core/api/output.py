"""How rows become JSON.

REST framework asks every field anew for every row. What it takes to write the usual fields never
changes, so it is worked out once for each serializer class.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db import models
from rest_framework import serializers

from core.api.fields import DateTime, Float, Json, Reference, Text, Time, Url
from core.api.naming import camel

# What these write depends on the value alone, not on the request or on the serializer around them.
PLAIN = {
    serializers.BigIntegerField,
    serializers.BooleanField,
    serializers.CharField,
    serializers.ChoiceField,
    serializers.DateField,
    serializers.DecimalField,
    serializers.EmailField,
    serializers.IntegerField,
    serializers.SlugField,
    serializers.UUIDField,
    DateTime,
    Float,
    Json,
    Text,
    Time,
    Url,
}

class Step(NamedTuple):
    """One key of a row.

    Attributes:
        name: the field's name.
        key: the name that clients see.
        write: turns a row into the value; nothing where the field itself has to be asked.
    """

    name: str
    key: str
    write: Callable[[Any], Any] | None


def steps(fields: Iterable[Any], model: type[models.Model]) -> tuple[Step, ...]:
    """Work out how the fields of a serializer are written.

    Args:
        fields: the serializer's fields.
        model: what the rows are.
    """
    columns = {column.name for column in model._meta.get_fields()}
    return tuple(
        Step(
            field.field_name,
            camel(field.field_name),
            _writer(field) if field.source in columns and _is_plain(field) else None,
        )
        for field in fields
        if not field.write_only
    )


def _writer(field: Any) -> Callable[[Any], Any]:
    source, written = field.source, field.to_representation

    def write(row: Any) -> Any:
        value = getattr(row, source)
        return None if value is None else written(value)

    return write


def _is_plain(field: Any) -> bool:
    kind = type(field)
    many = kind is serializers.ListSerializer and type(field.child) is Reference
    return many or kind is Reference or kind in PLAIN

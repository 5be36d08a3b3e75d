"""What a column takes in JSON and in a query, as types for pydantic."""

import datetime as dt
import re
import uuid
from decimal import Decimal
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from annotated_types import Ge, Le
from pydantic import AfterValidator, BeforeValidator, Strict, StringConstraints, WithJsonSchema
from pydantic import Field as Constraint
from pydantic_core import PydanticCustomError

from app.core.columns import Exact, UtcDateTime
from app.core.fields import Field, no_kind
from app.core.formats import FORMATS, is_storable

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIME = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$"
SMALL, BIG = 2**31 - 1, 2**63 - 1
SCHEMA_FORMATS = {"email": "email", "url": "uri"}


def _moment_text(value: object) -> object:
    """Numbers would pass as seconds since 1970."""
    if isinstance(value, str) and not value.lstrip("+-").replace(".", "").isdigit():
        return value
    raise PydanticCustomError("invalid", "This is not a date or time in ISO 8601.")


def _day(value: object) -> object:
    if isinstance(value, str) and DAY.fullmatch(value):
        return value
    raise PydanticCustomError("invalid", "This is not a date, YYYY-MM-DD.")


def _utc(value: dt.datetime) -> dt.datetime:
    try:
        return value.replace(tzinfo=value.tzinfo or dt.UTC).astimezone(dt.UTC)
    except OverflowError:
        raise PydanticCustomError("invalid", "This moment is out of range.") from None


def _without_zone(value: dt.time) -> dt.time:
    if value.tzinfo is not None:
        raise PydanticCustomError("invalid", "A time of day has no time zone.")
    return value


def _storable(value: Any) -> Any:
    if not is_storable(value):
        raise PydanticCustomError("invalid", "This holds characters or numbers that cannot be kept.")
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank", "This must not be blank.")
    return value


def _truth(value: object) -> bool:
    if value in {"true", "false"}:
        return value == "true"
    raise PydanticCustomError("invalid", "This is neither true nor false.")


def whole(value: object) -> object:
    """Refuse text such as "1.0", which would pass as a whole number."""
    if isinstance(value, str) and value.isascii() and value.lstrip("-").isdigit():
        return value
    raise PydanticCustomError("invalid", "This is not a whole number.")


def _given(value: Any) -> Any:
    if value is None:
        raise PydanticCustomError("null", "This must not be null.")
    return value


Id = Annotated[int, Strict()]
Text = Annotated[str, AfterValidator(_storable)]
FILLED = Constraint(json_schema_extra={"minLength": 1})
FilledText = Annotated[Text, AfterValidator(_not_blank), FILLED]
WholeNumber = Annotated[int, BeforeValidator(whole)]
QueryTruth = Annotated[bool, BeforeValidator(_truth)]
Moment = Annotated[dt.datetime, BeforeValidator(_moment_text), AfterValidator(_utc)]
Date = Annotated[dt.date, BeforeValidator(_day)]
Time = Annotated[
    dt.time,
    BeforeValidator(_moment_text),
    AfterValidator(_without_zone),
    WithJsonSchema({"type": "string", "pattern": TIME}),  # the format `time` would need a zone
]
Json = Annotated[Any, AfterValidator(_storable), AfterValidator(_given)]

BY_COLUMN: dict[type[Any], Any] = {
    sa.Boolean: bool,
    sa.BigInteger: Annotated[int, Ge(-BIG - 1), Le(BIG)],
    sa.Integer: Annotated[int, Ge(-SMALL - 1), Le(SMALL)],
    sa.Float: Annotated[float, Constraint(allow_inf_nan=False)],
    UtcDateTime: Moment,
    sa.Date: Date,
    sa.Time: Time,
    sa.Uuid: uuid.UUID,
    sa.JSON: Json,
}
STRICT = (sa.Boolean, sa.Integer, sa.Float)  # in JSON, "5" is no number


def value_type(field: Field, *, query: bool = False) -> Any:
    """The type of one value of a field.

    Args:
        field: the field.
        query: whether it is text from a query, or a value from JSON.
    """
    column = field.column.type
    if field.target:
        return Id
    if field.choices:
        return Literal[field.choices]
    if isinstance(column, sa.String):
        return _text_type(field, column.length)
    if isinstance(column, Exact):
        limits = Constraint(max_digits=column.digits, decimal_places=column.places)
        return Annotated[Decimal, limits]
    return _plain_type(field, query=query)


def _plain_type(field: Field, *, query: bool) -> Any:
    column = field.column.type
    if isinstance(column, sa.Boolean) and query:
        return QueryTruth
    base = next((found for kind, found in BY_COLUMN.items() if isinstance(column, kind)), None)
    if base is None:
        raise no_kind(field)
    if query and isinstance(column, sa.Integer):
        base = Annotated[base, BeforeValidator(whole)]
    elif not query and isinstance(column, STRICT):
        base = Annotated[base, Strict()]
    return base


def _text_type(field: Field, length: int | None) -> Any:
    rules: list[Any] = []
    if not field.blank:
        rules += [AfterValidator(_not_blank), FILLED]
    if field.format:
        rules.append(AfterValidator(_check_format(field.format)))
        if field.format in SCHEMA_FORMATS and not field.blank:
            rules.append(Constraint(json_schema_extra={"format": SCHEMA_FORMATS[field.format]}))
    typed: Any = Annotated[str, StringConstraints(max_length=length), AfterValidator(_storable)]
    for rule in rules:
        typed = Annotated[typed, rule]
    return typed


def _check_format(name: str) -> Any:
    def check(value: str) -> str:
        if value and not FORMATS[name](value):
            raise PydanticCustomError("invalid", "This is not a valid {name}.", {"name": name})
        return value

    return check

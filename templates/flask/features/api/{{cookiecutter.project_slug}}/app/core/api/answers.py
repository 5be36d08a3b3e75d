"""Answers in JSON, with entity tags."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable
from decimal import Decimal
from operator import attrgetter
from typing import Any

from flask import Response, request
from werkzeug.exceptions import PreconditionFailed

from app.core.api.names import camel
from app.core.db import Base
from app.core.fields import AUTOMATIC, Field

Reader = Callable[[Any], Any]


def readers(shown: Iterable[Field], computed: Iterable[str]) -> tuple[tuple[str, Reader], ...]:
    """What is read of a record, by its key in JSON.

    Args:
        shown: the fields.
        computed: further attributes.
    """
    own = [(camel(field.name), _reader(field)) for field in shown]
    more = [(camel(name), attrgetter(name)) for name in (*computed, *AUTOMATIC[1:])]
    return (("id", attrgetter("id")), *own, *more)


def _reader(field: Field) -> Reader:
    value = attrgetter(field.name)
    if field.many:
        return lambda record: [_reference(row) for row in value(record)]
    if field.target:
        return lambda record: _reference(value(record))
    return value


def _reference(row: Base | None) -> dict[str, Any] | None:
    return None if row is None else {"id": row.id, "label": str(row)}


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, uuid.UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


ENCODER = json.JSONEncoder(
    default=_plain, ensure_ascii=False, separators=(",", ":"), check_circular=False
)


def encode(value: Any) -> str:
    """A value as JSON: moments in UTC with `Z`, exact numbers as text."""
    return ENCODER.encode(value)


def answer(value: Any, status: int = 200) -> Response:
    """A response that holds a value; an empty one for 204."""
    if status == 204:  # noqa: PLR2004 - no content
        response = Response(status=status)
        del response.headers["Content-Type"]
        return response
    return Response(encode(value), status, content_type="application/json")


def answer_record(value: Any, status: int = 200) -> Response:
    """The response for one record: tagged, and empty where the client has it already."""
    response = answer(value, status)
    response.set_etag(tag(value))
    if request.method in {"GET", "HEAD"}:
        response.make_conditional(request)
    return response


def tag(value: Any) -> str:
    """The entity tag of a value: other content, other tag."""
    return hashlib.sha256(encode(value).encode()).hexdigest()[:32]


def require_match(value: Any) -> None:
    """Refuse a write to a version that the client has not seen.

    Raises:
        PreconditionFailed: `If-Match` names another version.
    """
    if "If-Match" in request.headers and not request.if_match.contains(tag(value)):
        raise PreconditionFailed("The record has changed since you read it.")

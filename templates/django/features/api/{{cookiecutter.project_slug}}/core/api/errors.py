"""Exceptions become problem details."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from core.errors import PROBLEM, FieldError, problem

# What clients may rely on; every other code of a validator is told as "invalid".
CODES = frozenset(
    {
        "blank",
        "does_not_exist",
        "invalid",
        "invalid_choice",
        "max_length",
        "max_value",
        "min_value",
        "null",
        "required",
        "unique",
        "unknown",
    }
)


class QueryError(exceptions.ValidationError):
    """A query parameter has a value that cannot be understood."""

    status_code = status.HTTP_400_BAD_REQUEST


class Conflict(exceptions.APIException):
    """The change contradicts data that is there."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "Somebody else was faster, or the change contradicts other data."
    default_code = "conflict"


class PreconditionFailed(exceptions.APIException):
    """The row is no longer the one that the client has seen."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = "The row has changed since it was read. Read it again."
    default_code = "precondition_failed"


def handle(error: Exception, context: Any) -> Response | None:
    """Answer an exception; one that is not foreseen is left to Django and its 500."""
    known = _translate(error)
    answer = exception_handler(known, context)
    if answer is None or not isinstance(known, exceptions.APIException):
        return None
    invalid = isinstance(known, exceptions.ValidationError)
    if invalid and not isinstance(known, QueryError):
        answer.status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    errors = list(flatten(known.detail)) if invalid else []
    detail = "Some values are not valid." if invalid else str(known.detail)
    answer.data = problem(answer.status_code, detail, errors)
    answer.content_type = PROBLEM
    return answer


def _translate(error: Exception) -> Exception:
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, ProtectedError | RestrictedError):
        return Conflict("Other rows refer to this one.")
    if isinstance(error, IntegrityError):
        return Conflict()
    return error


def flatten(detail: Any, place: str = "") -> Iterator[FieldError]:
    """List the errors of a validation with the place of each: `tags.0.name`."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            name = "" if key == api_settings.NON_FIELD_ERRORS_KEY else str(key)
            yield from flatten(value, ".".join(filter(None, [place, name])))
    elif isinstance(detail, list):
        for item in detail:
            yield from flatten(item, place)
    else:
        yield FieldError(place, detail.code if detail.code in CODES else "invalid", str(detail))

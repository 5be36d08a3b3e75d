"""The parts of `core/api/`, one by one."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import Http404
from rest_framework.exceptions import ErrorDetail, NotFound, Throttled, ValidationError

from core.api.errors import Conflict, PreconditionFailed, QueryError, flatten, handle
from core.api.naming import camel
from core.api.serializers import Float, Json, Text


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("title", "title"),
        ("published_at", "publishedAt"),
        ("published_at__gte", "publishedAt__gte"),
        ("line2_text", "line2Text"),
    ],
)
def test_names(name: str, written: str) -> None:
    assert camel(name) == written


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Http404(), 404),
        (NotFound(), 404),
        (PermissionDenied(), 403),
        (ProtectedError("", set()), 409),
        (IntegrityError(), 409),
        (Conflict(), 409),
        (PreconditionFailed(), 412),
        (QueryError({"page": ["bad"]}), 400),
        (ValidationError(["bad"]), 422),
        (Throttled(30), 429),
    ],
)
def test_exceptions_become_problems(error: Exception, status: int) -> None:
    answer = handle(error, {})
    assert answer is not None
    assert answer.status_code == answer.data["status"] == status
    assert answer.content_type == "application/problem+json"


def test_what_is_not_foreseen_is_left_to_django() -> None:
    assert handle(RuntimeError(), {}) is None


def test_errors_bear_their_place() -> None:
    detail = {
        "tags": [{"name": [ErrorDetail("no", "blank")]}],
        "non_field_errors": [ErrorDetail("x", "y")],
    }
    assert [(e.field, e.code) for e in flatten(detail)] == [("tags.name", "blank"), ("", "y")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Text(), "  \n"),
        (Text(), None),
        (Float(), "NaN"),
        (Float(), "x"),
        (Json(), {"a": ["\0"]}),
        (Json(), {"\ud800": 1}),
    ],
)
def test_values_that_are_refused(field: Any, value: Any) -> None:
    with pytest.raises(ValidationError):
        field.run_validation(value)


def test_values_that_are_taken() -> None:
    assert Text(allow_blank=True).run_validation("  x\n") == "  x\n"
    assert Float().run_validation(1) == 1.0
    assert Json().run_validation({"a_b": [1, None]}) == {"a_b": [1, None]}

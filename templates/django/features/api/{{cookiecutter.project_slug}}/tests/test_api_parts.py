"""The parts of `core/api/`, one by one."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as FormError
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import Http404
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, NotFound, Throttled, ValidationError

from core.api.errors import Conflict, PreconditionFailed, QueryError, flatten, handle
from core.api.fields import Float, Json, Text, Url, is_of_type
from core.api.filter_types import TimeFilter
from core.api.naming import camel


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
    assert [(e.field, e.code) for e in flatten(detail)] == [("tags.name", "blank"), ("", "invalid")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Text(), "  \n"),
        (Text(), None),
        (Float(), "NaN"),
        (Float(), "x"),
        (Json(), {"a": ["\0"]}),
        (Json(), {"\ud800": 1}),
        (Json(), {"a": [10**400]}),
        (Json(), -(2**63) - 1),
        (Json(), float("inf")),
        (Url(), "https://example.com\n"),
    ],
)
def test_values_that_are_refused(field: Any, value: Any) -> None:
    with pytest.raises(ValidationError):
        field.run_validation(value)


def test_values_that_are_taken() -> None:
    assert Text(allow_blank=True).run_validation("  x\n") == "  x\n"
    assert Float().run_validation(1) == 1.0
    assert Json().run_validation({"a_b": [2**63 - 1, None]}) == {"a_b": [2**63 - 1, None]}


@pytest.mark.parametrize(
    ("field", "taken", "refused"),
    [
        (serializers.CharField(), ["x", None], [5, True, []]),
        (serializers.IntegerField(), [5], ["5", 5.0, True]),
        (serializers.BooleanField(), [True], ["true", 1]),
        (serializers.FloatField(), [1, 1.5], ["1.5", True]),
        (serializers.DecimalField(5, 2), [1, 1.5, "1.5"], [True, {}]),
        (serializers.TimeField(), ["10:00", "10:00:00.5"], ["10:00Z", "10:00+02:00", "9:00", 10]),
        (serializers.ListField(), [[1], "any"], []),
    ],
)
def test_json_is_taken_at_its_word(field: Any, taken: list[Any], refused: list[Any]) -> None:
    assert all(is_of_type(field, value) for value in taken)
    assert not any(is_of_type(field, value) for value in refused)


def test_a_query_writes_times_as_a_body_does() -> None:
    field = TimeFilter().field
    assert field.clean("09:30") == "09:30"
    for text in ("9:30", "24:00", "09:30Z", "09:30+02:00"):
        with pytest.raises(FormError):
            field.clean(text)

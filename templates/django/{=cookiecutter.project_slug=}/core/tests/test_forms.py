from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.forms import DateTimeField


def test_datetimes_become_utc():
    with timezone.override("Etc/GMT-2"):
        value = DateTimeField().clean("2026-05-04T09:30:00")
    assert value == datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
    assert value.tzinfo == UTC


def test_a_time_that_does_not_exist_in_utc_is_refused():
    with timezone.override("Etc/GMT+12"), pytest.raises(ValidationError):
        DateTimeField().clean("9999-12-31T23:00:00")

"""Values as people read them."""

import datetime as dt

import pytest

from app.core.formats import choice_label
from app.core.pages.cells import as_text

NOON = dt.datetime(2026, 1, 2, 12, 0, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (NOON, "2 Jan 2026, 12:00 UTC"),
        (NOON.date(), "2 Jan 2026"),
        (dt.time(10, 30), "10:30"),
        (dt.time(10, 30, 5), "10:30:05"),
        ({"a": None}, '{"a": null}'),
        ([1, "ü"], '[1, "ü"]'),
    ],
)
def test_values_as_text(value, text) -> None:
    assert as_text(value) == text


def test_choices_as_text() -> None:
    assert [choice_label(value) for value in ("draft", "in_print", "on-hold")] == [
        "Draft",
        "In print",
        "On hold",
    ]

"""Column types and formats."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from app.core.columns import Exact, UtcDateTime
from app.core.formats import is_email, is_slug, is_storable, is_url, slugify
from app.core.rendering import render_migration_type

LITE, BIG = sqlite.dialect(), postgresql.dialect()
NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def test_datetimes_are_aware_and_utc() -> None:
    column = UtcDateTime()
    assert column.process_bind_param(NOON, LITE) == NOON
    assert column.process_bind_param(NOON, LITE).tzinfo is dt.UTC
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        column.process_bind_param(naive, LITE)
    assert column.process_result_value(naive, LITE) == naive.replace(tzinfo=dt.UTC)
    assert column.process_result_value(NOON, BIG).tzinfo is dt.UTC
    assert column.process_bind_param(None, LITE) is column.process_result_value(None, LITE) is None


@pytest.mark.parametrize("text", ["2026-01-01 10:00:00", "2026-01-01 10:00:00.000000"])
def test_sqlite_reads_text_as_utc(text) -> None:
    read = UtcDateTime().dialect_impl(LITE).result_processor(LITE, None)
    assert read(text) == NOON
    assert read(text).tzinfo is dt.UTC
    assert read(None) is None


def test_decimals_keep_their_places() -> None:
    column = Exact(10, 2)
    assert str(column.process_result_value(1.5, LITE)) == "1.50"
    assert column.process_bind_param(Decimal("1.5"), LITE) == 1.5
    assert column.process_bind_param(Decimal("1.5"), BIG) == Decimal("1.5")
    assert column.process_result_value(None, LITE) is None
    long = Decimal("12345678901234567890.1234567891")
    assert Exact(30, 10).process_result_value(long, BIG) == long


def test_migrations_name_plain_types() -> None:
    assert render_migration_type("type", UtcDateTime(), None) == "sa.DateTime(timezone=True)"
    assert render_migration_type("type", Exact(10, 2), None) == "sa.Numeric(10, 2)"
    assert render_migration_type("server_default", None, None) is False


def test_formats() -> None:
    assert is_email("ana.b@example.co.uk")
    assert not is_email("ana@localhost")
    assert is_url("https://example.com/a?b")
    assert not any(
        map(is_url, ("ftp://example.com", "https://", "http://[", "example.com", "http://a.b\n"))
    )
    assert is_slug("a-b_1")
    assert not is_slug("a b")
    assert slugify("Über  uns: 1!") == "uber-uns-1"
    assert slugify("日本") == ""


@pytest.mark.parametrize(
    "value", ["a\0b", "\ud800", {"a": ["\0"]}, {"\0": 1}, float("inf"), [2**63]]
)
def test_what_no_database_stores(value) -> None:
    assert not is_storable(value)
    assert is_storable({"a": [1, -(2**63), 1.5, None, True, "ü"]})

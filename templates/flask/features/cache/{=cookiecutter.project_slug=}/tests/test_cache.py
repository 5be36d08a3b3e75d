"""The cache, and pages while it is away."""

import pytest

from app.blueprints.accounts.tests.factories import UserFactory
from app.cache import cache, row_counts


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


def test_staff_see_how_much_there_is(login, user, staff):
    assert "In numbers" not in login(user).get("/").text
    assert "In numbers" in login(staff).get("/").text


def test_rows_are_counted_once(count_queries):
    UserFactory.create()
    with count_queries() as queries:
        assert row_counts()["Accounts user"] == row_counts()["Accounts user"] == 1
    assert len(queries) == 1


def test_a_cache_that_is_away_stops_no_page(login, staff, monkeypatch):
    def fail(*_args, **_kwargs):
        raise ConnectionError

    monkeypatch.setattr(type(cache.cache), "get", fail)
    assert "In numbers" in login(staff).get("/").text

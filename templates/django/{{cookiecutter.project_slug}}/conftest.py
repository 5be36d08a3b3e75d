"""Fixtures for every test of the project."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User

PASSWORD = "correct-horse-battery"  # noqa: S105 - of tests alone


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("ada@example.com", PASSWORD, name="Ada")


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_superuser("root@example.com", PASSWORD)


@pytest.fixture
def constant_queries(db: None) -> Callable[[Callable[[], Any], Callable[[], Any]], int]:
    """`constant_queries(grow, act)`: `act()` costs the same after `grow()` as before."""

    def check(grow: Callable[[], Any], act: Callable[[], Any]) -> int:
        captured = []
        for _ in range(2):
            grow()
            act()  # fills caches, so that only the rows differ
            with CaptureQueriesContext(connection) as queries:
                act()
            captured.append(queries.captured_queries)
        few, many = captured
        extra = "\n".join(query["sql"] for query in many)
        assert len(few) == len(many), f"{len(few)} queries became {len(many)}:\n{extra}"
        return len(many)

    return check

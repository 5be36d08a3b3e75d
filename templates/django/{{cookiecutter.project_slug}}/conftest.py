"""Fixtures for every test of the project."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from core.samples import fill

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
def constant_queries(db: None) -> Callable[[type[models.Model], Callable[[], Any]], int]:
    """`constant_queries(model, act)`: `act()` costs the same with one row more of the model."""

    def check(model: type[models.Model], act: Callable[[], Any]) -> int:
        captured = []
        for _ in range(2):
            grow(model)
            act()  # fills caches, so that only the rows differ
            with CaptureQueriesContext(connection) as queries:
                act()
            captured.append(queries.captured_queries)
        few, many = captured
        extra = "\n".join(query["sql"] for query in many)
        assert len(few) == len(many), f"{len(few)} queries became {len(many)}:\n{extra}"
        return len(many)

    return check


def grow(model: type[models.Model]) -> None:
    """Add a row; where rows refer to rows of their kind, all but the first refer to the first."""
    fill(model, model._base_manager.count() + 1)
    first, *others = model._base_manager.order_by("pk")
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if field.related_model is model:
            for row in others:
                if field.many_to_many:
                    getattr(row, field.name).add(first)
                else:
                    model._base_manager.filter(pk=row.pk).update(**{field.name: first})

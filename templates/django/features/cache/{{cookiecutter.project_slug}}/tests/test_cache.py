"""What is kept in the cache is right, and is kept."""

import os
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings

from apps.accounts.models import User
from conftest import PASSWORD
from core.figures.counts import KEY, figures
from core.limits import Limit

REDIS = os.environ.get("TEST_REDIS_URL", "")
IN_REDIS = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS}
}
USERS = "accounts user"
with_redis = pytest.mark.skipif(not REDIS, reason="TEST_REDIS_URL names no Redis to test with")
committing = pytest.mark.django_db(transaction=True)


@committing
def test_figures_are_counted_once(user: User, django_assert_num_queries: Any) -> None:
    assert figures()[USERS] == 1
    with django_assert_num_queries(0):
        assert figures()[USERS] == 1


@committing
def test_a_row_that_comes_or_goes_is_seen_at_once(user: User) -> None:
    assert figures()[USERS] == 1
    other = User.objects.create_user("other@example.com", PASSWORD)
    assert figures()[USERS] == 2
    other.delete()
    assert figures()[USERS] == 1


@committing
def test_a_change_that_adds_no_row_leaves_the_cache_alone(user: User) -> None:
    figures()
    user.is_staff = True
    user.save()
    assert cache.get(KEY)
    with transaction.atomic():
        User.objects.create_user("other@example.com", PASSWORD)
        transaction.set_rollback(True)
    assert cache.get(KEY)


@pytest.mark.django_db
@override_settings(FIGURES_SECONDS=-1)
def test_figures_are_forgotten_in_time() -> None:
    figures()
    assert cache.get(KEY) is None


@pytest.mark.django_db
def test_staff_see_them_on_the_first_page(client: Client, user: User, staff: User) -> None:
    for person, seen in ((None, False), (user, False), (staff, True)):
        if person:
            client.force_login(person)
        assert (USERS in client.get("/").content.decode()) is seen


@with_redis
@committing
@override_settings(CACHES=IN_REDIS)
def test_redis_keeps_them_for_all_processes(user: User, django_assert_num_queries: Any) -> None:
    cache.clear()
    assert figures()[USERS] == 1
    cache.close()  # a new connection, as another process would have
    with django_assert_num_queries(0):
        assert figures()[USERS] == 1
    cache.clear()


@with_redis
@override_settings(CACHES=IN_REDIS)
def test_redis_counts_the_limits_for_all_processes() -> None:
    cache.clear()
    for _ in range(2):
        Limit("login", 2, 60).add("somebody")
        cache.close()
    assert 0 < Limit("login", 2, 60).wait("somebody") <= 61
    cache.clear()

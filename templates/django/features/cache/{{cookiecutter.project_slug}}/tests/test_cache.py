"""What is kept in the cache is right, and is kept."""

import os
import socket
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings

from apps.accounts.models import User
from conftest import PASSWORD
from core.figures.counts import KEY, figures
from core.redis import ForgivingClient

REDIS = os.environ.get("TEST_REDIS_URL", "")
IN_REDIS = {"default": {"BACKEND": "core.redis.ForgivingCache", "LOCATION": REDIS}}
USERS = "Accounts user"
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


@pytest.fixture
def redis_is_away(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache at a port where nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    away = {"BACKEND": "core.redis.ForgivingCache", "LOCATION": f"redis://127.0.0.1:{port}/0"}
    settings.CACHES = {"default": away}
    monkeypatch.setattr(ForgivingClient, "back", 0.0)
    cache.clear()  # the first to find it out


@committing
@pytest.mark.usefixtures("redis_is_away")
def test_the_site_goes_on_while_redis_is_away(
    client: Client, staff: User, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    login = {"username": staff.email, "password": PASSWORD}
    assert client.post("/accounts/login/", login).status_code == 302
    page = client.get("/")
    assert (page.status_code, USERS in page.content.decode()) == (200, True)
    User.objects.create_user("other@example.com", PASSWORD)
    assert figures()[USERS] == 2, "what cannot be kept is counted each time"
    assert "core.redis" not in {record.name for record in caplog.records}, "it rests a while"
    monkeypatch.setattr(ForgivingClient, "back", 0.0)
    assert figures()[USERS] == 2
    assert [record.levelname for record in caplog.records if record.name == "core.redis"] == ["WARNING"]


@pytest.mark.usefixtures("redis_is_away")
def test_every_command_answers_while_redis_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.redis.REST", 0)
    cache.set("key", 1)
    cache.set_many({"key": 1})
    cache.delete_many(["key"])
    assert cache.get("key", "default") == "default"
    assert cache.get_many(["key"]) == {}
    assert cache.add("key", 1)
    assert cache.incr("key", 2) == 2
    assert not any([cache.touch("key"), cache.delete("key"), cache.has_key("key")])
    cache.clear()


@with_redis
@override_settings(CACHES=IN_REDIS)
def test_redis_counts_for_all_processes() -> None:
    cache.clear()
    for _ in range(2):
        cache.add("count", 0)
        cache.incr("count")
        cache.close()
    assert cache.get("count") == 2
    cache.clear()

import os
import uuid

import pytest
from django.conf import settings as project
from django.core.cache import cache

from core.cache import ResilientRedisCache

CACHE_URL = os.environ.get("CACHE_URL")


@pytest.fixture
def _away(settings, monkeypatch):
    """A cache at a port where nobody listens."""
    monkeypatch.setattr(ResilientRedisCache, "away_until", 0.0)
    settings.CACHES = {"default": {**project.REDIS_CACHE, "LOCATION": "redis://127.0.0.1:1/0"}}


@pytest.mark.usefixtures("_away")
def test_a_cache_that_is_away_is_empty(caplog):
    caplog.set_level("WARNING", "core.cache")
    cache.set("key", 1)
    assert cache.get("key") is None
    assert cache.get("key", 2) == cache.get_or_set("key", 2) == cache.incr("key", 2) == 2
    assert cache.get_many(["key"]) == {}
    assert cache.set_many({"key": 1}) == []
    assert cache.add("lock", 1)
    assert not any((cache.touch("key"), cache.delete("key"), "key" in cache, cache.clear()))
    cache.delete_many(["key"])
    assert [record.getMessage()[:17] for record in caplog.records] == ["The cache is away"]


@pytest.mark.usefixtures("_away")
def test_pages_open_while_the_cache_is_away(client, db):
    assert client.get("/").status_code == 200


@pytest.mark.skipif(not CACHE_URL, reason="CACHE_URL names no Redis")
def test_redis_keeps_values_for_all_processes(settings):
    """Under a prefix of its own, so that no value of yours is touched."""
    prefix = f"test-{uuid.uuid4().hex}"
    settings.CACHES = {"default": {**project.REDIS_CACHE, "KEY_PREFIX": prefix}}
    cache.set_many({"key": {"any": "value"}, "count": 1}, 30)
    cache.close()  # a new connection, as another process has
    assert cache.get("key") == {"any": "value"}
    assert cache.incr("count") == 2
    assert not cache.add("count", 1)
    cache.delete_many(["key", "count"])
    assert cache.get_many(["key", "count"]) == {}

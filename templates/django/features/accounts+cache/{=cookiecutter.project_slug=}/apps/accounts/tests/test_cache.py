from django.conf import settings as project

from apps.accounts.tests.factories import PASSWORD
from core.cache import ResilientRedisCache


def test_people_log_in_while_the_cache_is_away(client, user, settings, monkeypatch):
    monkeypatch.setattr(ResilientRedisCache, "away_until", 0.0)
    settings.CACHES = {"default": {**project.REDIS_CACHE, "LOCATION": "redis://127.0.0.1:1/0"}}
    values = {"login": user.email, "password": "wrong"}
    assert client.post("/accounts/login/", values).status_code == 200
    values["password"] = PASSWORD
    assert client.post("/accounts/login/", values)["Location"] == "/"

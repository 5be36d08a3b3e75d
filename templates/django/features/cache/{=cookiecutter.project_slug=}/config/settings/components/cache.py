"""The cache, where rate limits are counted too."""

from typing import Any

from redis.backoff import NoBackoff
from redis.retry import Retry

from config.settings.env import env

CACHE_URL = env("CACHE_URL", default="")  # empty: each process has its own
REDIS_CACHE: dict[str, Any] = {
    "BACKEND": "core.cache.ResilientRedisCache",
    "LOCATION": CACHE_URL,
    "KEY_PREFIX": "{= cookiecutter.project_slug =}",
    "OPTIONS": {
        "socket_connect_timeout": 1,
        "socket_timeout": 1,
        "retry": Retry(NoBackoff(), retries=1),
    },
}
LOCAL_CACHE = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {"default": REDIS_CACHE if CACHE_URL else LOCAL_CACHE}

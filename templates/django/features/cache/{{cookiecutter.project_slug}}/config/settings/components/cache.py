"""The cache; while its Redis is away, it is empty."""

from typing import Any

from config.settings.environment import TESTING, required

CACHE_URL = "" if TESTING else required("CACHE_URL", otherwise="")
_default: dict[str, Any] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
if CACHE_URL:
    _default = {
        "BACKEND": "core.redis.ForgivingCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "{{ cookiecutter.project_slug }}",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
CACHES = {"default": _default}
FIGURES_SECONDS = 60

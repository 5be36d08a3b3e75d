"""For pytest: fast, silent, and strict about N+1 queries."""

from config.settings.base import *
from config.settings.base import (
    INSTALLED_APPS,
    LOGGING,
    MIDDLEWARE,
# % for item in cookiecutter._slots.test_settings if item.import is defined
    {= item.import =},
# % endfor
)

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True  # nothing is collected
LOGGING["root"] = {"level": "ERROR"}  # pytest shows the lines of a failed test

INSTALLED_APPS += ["zeal"]
MIDDLEWARE += ["zeal.middleware.zeal_middleware"]
ZEAL_ALLOWLIST = [{"model": "*", "field": "get()"}]  # libraries fetch one row twice in a request
# % for item in cookiecutter._slots.test_settings
{= item.key =} = {= item.value =}
# % endfor

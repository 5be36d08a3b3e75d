"""On a server: does not start without its secrets, and never falls back to SQLite."""

from config.settings.env import env
from config.settings.base import *
from config.settings.base import TRUSTED_PROXIES

SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
REQUIRED = [
    "ALLOWED_HOSTS",
    "DATABASE_URL",
# % for item in cookiecutter._slots.required
    "{= item.key =}",
# % endfor
]
if missing := [name for name in REQUIRED if not env(name, default="")]:
    raise SystemExit(f"Set {' and '.join(missing)}: production does not start without.")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    raise SystemExit("Set SECRET_KEY to at least 50 random characters.")

CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_SSL_REDIRECT = env.bool("HTTPS", default=True)  # false to try it without TLS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=3600)  # raise it once TLS works
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # subdomains, preload: your decision
SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT
CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

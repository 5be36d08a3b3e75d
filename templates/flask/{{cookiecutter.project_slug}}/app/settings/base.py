"""What every part of the project relies on."""

import logging
from datetime import timedelta

from app.core.autogenerate import TIDY, prepare
from app.core.rendering import render_migration_type
from app.settings.environment import ROOT, env, is_database, is_given

DEBUG = env.bool("FLASK_DEBUG", False)
SECRET_KEY = (
    env.str("SECRET_KEY", "development only", validate=is_given)
    if DEBUG
    else env.str("SECRET_KEY", validate=is_given)
)
DATABASE_URL = (
    env.str("DATABASE_URL", f"sqlite:///{ROOT / 'development.sqlite3'}", validate=is_database)
    if DEBUG
    else env.str("DATABASE_URL", validate=is_database)
)

# Database
_waits = DATABASE_URL.startswith("postgres") and "connect_timeout" not in DATABASE_URL
SQLALCHEMY_ENGINES = {
    "default": {
        "url": DATABASE_URL,
        "pool_pre_ping": True,
        "hide_parameters": not DEBUG,  # an error in the log shall not show a password's hash
        # seconds before a server that does not answer is given up
        "connect_args": {"connect_timeout": 5} if _waits else {},
    }
}
ALEMBIC = {"script_location": str(ROOT / "migrations"), "post_write_hooks": TIDY}
ALEMBIC_CONTEXT = {
    "render_as_batch": True,
    "render_item": render_migration_type,
    "process_revision_directives": prepare,
}
LAZY_LOADING = env.str("LAZY_LOADING", "raise" if DEBUG else "log")  # raise, log or off

# Cookies, proxies, limits
HTTPS = env.bool("HTTPS", not DEBUG)  # false for a try on one's own machine
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
PERMANENT_SESSION_LIFETIME = timedelta(days=14)
SESSION_REFRESH_EACH_REQUEST = False  # no cookie goes out with a file that others may cache
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
ALLOWED_HOSTS = [
    name.strip().lower()
    for name in env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"], subcast=str)
]
MAX_CONTENT_LENGTH = 10 * 1024 * 1024
SEND_FILE_MAX_AGE_DEFAULT = timedelta(0 if DEBUG else 1)
WTF_CSRF_TIME_LIMIT = None  # a form stays valid as long as its session
RATELIMIT_STORAGE_URI = env.str("RATELIMIT_STORAGE_URI", "memory://")
RATELIMIT_ENABLED = env.bool("RATELIMIT_ENABLED", True)
RATELIMIT_HEADERS_ENABLED = True
LOGIN_FAILURES = env.int("LOGIN_FAILURES", 10)  # wrong passwords before a pause …
LOGIN_PAUSE = env.int("LOGIN_PAUSE", 300)  # … of so many seconds
LOGIN_ENDPOINT = "accounts.login"
PASSWORD_MIN_LENGTH = 10
PASSWORD_HASHER: dict[str, int] = {}  # argon2-cffi's own defaults

# Logs
LOG_LEVEL = env.log_level("LOG_LEVEL", logging.INFO)
LOG_FORMAT = env.str("LOG_FORMAT", "console" if DEBUG else "json")

# Pages
SITE_NAME = env.str("SITE_NAME", {{ cookiecutter.project_name | tojson }})
STYLESHEETS: list[str] = {{ cookiecutter._slots.stylesheets | tojson }}
HOME_PANELS: list[str] = {{ cookiecutter._slots.home_panels | tojson }}
ICONS: list[str] = {{ cookiecutter._slots.icons | tojson }}

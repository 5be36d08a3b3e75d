"""The settings that every part needs."""

from datetime import timedelta
from pathlib import Path

from environs import Env
from sqlalchemy import URL

env = Env()
env.read_env()

DEBUG = env.bool("FLASK_DEBUG", False)  # development; without it every default is production's
SECRET_KEY = env.str("SECRET_KEY", "")


def is_strong(secret: str) -> bool:
    return len(secret) >= 32 and len(set(secret)) >= 10  # noqa: PLR2004


SITE_NAME = env.str("SITE_NAME", {= cookiecutter.project_name | tojson =})

# Database: a file while developing, unless another one is named
SQLITE = URL.create("sqlite", database=str(Path(__file__).parents[2] / "development.sqlite3"))
DATABASE_URL = env.str("DATABASE_URL", "")
SQLALCHEMY_ENGINES = {"default": {"url": DATABASE_URL or SQLITE, "pool_pre_ping": True}}

# Cookies, hosts, proxies
SESSION_COOKIE_SECURE = REMEMBER_COOKIE_SECURE = env.bool("HTTPS", not DEBUG)
SESSION_COOKIE_HTTPONLY = REMEMBER_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = REMEMBER_COOKIE_SAMESITE = "Lax"
PERMANENT_SESSION_LIFETIME = timedelta(days=14)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
MAX_CONTENT_LENGTH = 10 * 1024 * 1024

# CSRF: pages in `app.extensions`, API calls by Flask-Security, which lets tokens pass
WTF_CSRF_CHECK_DEFAULT = False
WTF_CSRF_TIME_LIMIT = None  # a form stays valid as long as its session
SECURITY_CSRF_PROTECT_MECHANISMS = ["session", "basic"]

# Logging in (Flask-Security)
SECURITY_URL_PREFIX = "/accounts"
SECURITY_LOGIN_URL = "/login/"
SECURITY_LOGOUT_URL = "/logout/"
SECURITY_LOGOUT_METHODS = ["POST"]
SECURITY_RETURN_GENERIC_RESPONSES = True  # nobody learns who has an account
SECURITY_PASSWORD_HASH = "argon2"  # noqa: S105
SECURITY_PASSWORD_SCHEMES = ["argon2"]
SECURITY_PASSWORD_SINGLE_HASH = ["argon2"]  # argon2 salts by itself: no second secret to keep
SECURITY_PASSWORD_LENGTH_MIN = 10
SECURITY_EMAIL_VALIDATOR_ARGS = {"check_deliverability": False}
SECURITY_TOKEN_AUTHENTICATION_KEY = None  # tokens come in the header, never in addresses

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# What browsers may load; `app.headers` adds what some pages need
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
}

# Limits and logs
RATELIMIT_STORAGE_URI = env.str("RATELIMIT_STORAGE_URI", "memory://")
RATELIMIT_ENABLED = env.bool("RATELIMIT_ENABLED", True)
RATELIMIT_HEADERS_ENABLED = True
LOGIN_LIMIT = env.str("LOGIN_LIMIT", "10 per minute")
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
LOG_JSON = env.bool("LOG_JSON", not DEBUG)  # readable lines while developing
LOG_FIELDS = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(client)s %(user_id)s %(message)s"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "app.logs.RequestInfo"}},
    "formatters": {
        "text": {"format": LOG_FIELDS},
        "json": {"()": "pythonjsonlogger.json.JsonFormatter", "fmt": LOG_FIELDS},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if LOG_JSON else "text",
            "filters": ["request"],
        }
    },
    "loggers": {"alembic": {"level": "WARNING"}},
    "root": {"level": LOG_LEVEL, "handlers": ["console"]},
}

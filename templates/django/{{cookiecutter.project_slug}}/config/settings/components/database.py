"""The database."""

from typing import Any

from config.settings.environment import ROOT, TESTING, env, refuse, required

_url = (
    env.str("TEST_DATABASE_URL", default="sqlite://:memory:")
    if TESTING
    else required("DATABASE_URL", otherwise=f"sqlite:///{ROOT / 'development.sqlite3'}")
)
if _url.partition(":")[0] not in env.DB_SCHEMES:
    refuse("TEST_DATABASE_URL" if TESTING else "DATABASE_URL")
_default: dict[str, Any] = env.db_url_config(_url)
_default["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)  # seconds that a thread keeps it
if _default["ENGINE"].endswith("sqlite3"):
    _default["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",  # a writer waits its turn instead of failing half-way
    }
else:
    _default["CONN_HEALTH_CHECKS"] = True
    if _default["ENGINE"].endswith("postgresql"):
        _wait = {"connect_timeout": 5}  # seconds before a server that does not answer is given up
        _default["OPTIONS"] = _wait | _default.get("OPTIONS", {})

DATABASES = {"default": _default}

"""Logs: readable lines while developing, one JSON object per line in production."""

import logging

from config.settings.environment import PRODUCTION, TESTING, env, refuse

LOG_LEVEL = env.str("LOG_LEVEL", default="WARNING" if TESTING else "INFO").upper()
if LOG_LEVEL not in logging.getLevelNamesMapping():
    refuse("LOG_LEVEL")
LOG_FORMAT = env.str("LOG_FORMAT", default="json" if PRODUCTION else "console")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "core.logs.RequestIdFilter"}},
    "formatters": {
        "console": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
        "json": {"()": "core.logs.JsonFormatter"},
    },
    "handlers": {
        "default": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": LOG_FORMAT,
        },
    },
    "root": {"handlers": ["default"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL},
        "django.request": {"level": "ERROR"},  # core.requests has a line for every answer
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}

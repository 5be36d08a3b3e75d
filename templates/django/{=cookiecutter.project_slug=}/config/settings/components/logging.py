"""Log lines on standard error, each with its request, user and client."""

from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS

from config.settings.env import env

DJANGO_GUID = {
    "GUID_HEADER_NAME": "X-Request-ID",
    "VALIDATE_GUID": False,  # proxies send ids of many forms
    "EXPOSE_HEADER": False,
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {
            "()": "django_guid.log_filters.CorrelationId",
            "correlation_id_field": "request_id",
        },
        "request": {"()": "core.middleware.RequestFilter"},
    },
    "formatters": {
        "console": {"format": "%(levelname)s %(name)s [%(request_id)s] %(message)s"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": (
                "%(asctime)s %(levelname)s %(name)s %(request_id)s %(user_id)s %(client)s"
                " %(message)s"
            ),
            "reserved_attrs": [*RESERVED_ATTRS, "request"],  # its address may hold a secret
        },
    },
    "handlers": {
        "default": {
            "class": "logging.StreamHandler",
            "filters": ["request_id", "request"],
            "formatter": env("LOG_FORMAT", default="json"),
        },
    },
    "root": {"handlers": ["default"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django_guid": {"level": "WARNING"},
    },
}

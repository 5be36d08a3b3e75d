"""Logs: readable lines while developing, one JSON object per line in production."""

import logging
import logging.config
import re
import time
import uuid

from flask import Flask, Response, g, has_request_context, request

SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
log = logging.getLogger("app.requests")


class RequestIdFilter(logging.Filter):
    """Puts the id of the request into every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id; let every line pass."""
        record.request_id = g.get("request_id", "-") if has_request_context() else "-"
        return True


def init_app(app: Flask) -> None:
    """Configure logging; name each request and write a line for it."""
    _configure(app)

    @app.before_request
    def name_request() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        g.started = time.perf_counter()

    @app.after_request
    def return_name(response: Response) -> Response:
        if "request_id" in g:
            response.headers["X-Request-ID"] = g.request_id
            taken = (time.perf_counter() - g.started) * 1000
            log.info("%s %s %d %.1fms", request.method, request.path, response.status_code, taken)
        return response


def _configure(app: Flask) -> None:
    fields = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
    json = {"()": "pythonjsonlogger.json.JsonFormatter", "fmt": fields}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"request_id": {"()": RequestIdFilter}},
            "formatters": {
                "default": json if app.config["LOG_FORMAT"] == "json" else {"format": fields}
            },
            "handlers": {
                "console": {
                    "class": "logging.StreamHandler",
                    "formatter": "default",
                    "filters": ["request_id"],
                }
            },
            "loggers": {"alembic": {"level": "WARNING"}, "sqlalchemy": {"level": "WARNING"}},
            "root": {"level": app.config["LOG_LEVEL"], "handlers": ["console"]},
        }
    )

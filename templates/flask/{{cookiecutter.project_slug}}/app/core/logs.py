"""Logs: readable lines while developing, one JSON object per line in production."""

import logging
import logging.config
import re
import time
import uuid

from flask import Flask, Response, g, has_app_context, request

SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
JSON_NAMES = {
    "asctime": "time",
    "levelname": "level",
    "name": "logger",
    "request_id": "requestId",
    "exc_info": "exception",
}
log = logging.getLogger("app.requests")


class RequestIdFilter(logging.Filter):
    """Puts the id of the request, or of the job, into every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id; let every line pass."""
        record.request_id = g.get("request_id", "-") if has_app_context() else "-"
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
            about = {
                "method": request.method,
                "path": _path(),
                "status": response.status_code,
                "ms": round(taken, 1),
            }
            log.info("%(method)s %(path)s %(status)d %(ms).1f ms", about, extra=about)
        return response


def _path() -> str:
    """The path in one line, without a token that opens an account to whoever reads the log."""
    token = (request.view_args or {}).get("token", "")
    path = request.path.replace(token, "***") if token else request.path
    return path if path.isprintable() else ascii(path)


def _configure(app: Flask) -> None:
    fields = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
    json = {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "fmt": fields,
        "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        "rename_fields": JSON_NAMES,
    }
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

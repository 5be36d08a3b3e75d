"""Who made the request that a log line belongs to."""

from contextvars import ContextVar
from logging import Filter, LogRecord
from typing import Any

from django.http import HttpRequest

current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)


class RequestFilter(Filter):
    """Give each line the id of the signed-in user and the address of the client."""

    def filter(self, record: LogRecord) -> bool:
        request: Any = record.__dict__.pop("request", None) or current_request.get()
        meta = getattr(request, "META", {})
        record.user_id, record.client = meta.get("user_id"), meta.get("REMOTE_ADDR")
        return True

"""Log lines that carry the id of the request they belong to."""

import json
import logging
import re
from contextvars import ContextVar

TOKEN = re.compile(r"\b[0-9a-z]+-[0-9a-f]{32}\b")  # in a link that sets a password
request_id: ContextVar[str] = ContextVar("request_id", default="-")


def without_tokens(text: str) -> str:
    """Leave out what opens an account to whoever reads the log."""
    return TOKEN.sub("***", text)


class RequestIdFilter(logging.Filter):
    """Puts the id of the request into every line, and takes tokens out."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id; let every line pass."""
        record.request_id = request_id.get()
        message = record.getMessage()
        if message != without_tokens(message):
            record.msg, record.args = without_tokens(message), ()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object per line; `extra={"data": {…}}` adds keys."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a line."""
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "requestId": getattr(record, "request_id", "-"),
            **getattr(record, "data", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)

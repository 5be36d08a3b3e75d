"""gunicorn reads this file by itself. Each value can be set in the environment."""

import logging
import os
import re
from typing import Any

# % for hook in cookiecutter._slots.gunicorn
from {= hook.key =} import {= hook.names =}  # noqa: F401 - gunicorn calls them
# % endfor
{= "" =}
# Production, whatever .env says
# % for item in cookiecutter._slots.production
os.environ.setdefault("{= item.key =}", "{= item.value =}")
# % endfor
{= "" =}
wsgi_app = "{= cookiecutter._commands.wsgi =}"
preload_app = True  # a wrong setting stops the server, not one worker after another
bind = os.environ.get("BIND", "0.0.0.0:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
keepalive = 75  # longer than proxies keep a connection
max_requests = 10_000
max_requests_jitter = 1_000
control_socket_disable = True  # its default place is the home directory, often read-only
{= "" =}
{= "" =}
class AccessFields(logging.Filter):
    """Gives an access line its fields, and hides the tokens in links of account mails."""
{= "" =}
    def filter(self, record: logging.LogRecord) -> bool:
        atoms: Any = record.args
        record.request_id, record.client = atoms["{x-request-id}o"], atoms["h"]
        record.user_id = atoms["{user_id}e"]
        path = atoms["U"]
        if path.startswith("/accounts/"):
            path = re.sub(r"[^/]{16,}", "***", path)
        record.args = (atoms["m"], path, atoms["s"], atoms["M"])
        return True
{= "" =}
{= "" =}
access_log_format = "%s %s %s %s ms"
logconfig_dict = {
    "filters": {"access": {"()": AccessFields}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
        "gunicorn.access": {"handlers": ["console"], "filters": ["access"], "propagate": False},
    },
}

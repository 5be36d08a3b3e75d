"""How gunicorn serves the application; each value can be set in the environment."""

import os
# % for hook in cookiecutter._slots.gunicorn
from {{ hook.key }} import {{ hook.names }}  # noqa: F401 - gunicorn calls them
# % endfor
{{ "" }}
os.environ.setdefault("FLASK_DEBUG", "0")  # whatever .env says: that is for development
wsgi_app = "wsgi:app"
bind = os.environ.get("BIND", "0.0.0.0:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 30
keepalive = 75  # longer than proxies keep a connection: never closed under a request
max_requests = 10_000
max_requests_jitter = 1_000
control_socket_disable = True

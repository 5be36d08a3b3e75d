"""How many requests there are, how long they take and how they end, for Prometheus."""

import hmac
import os
from time import perf_counter

from flask import Flask, Response, abort, current_app, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

LABELS = ("method", "route", "status")
REQUESTS = Counter("http_requests", "Requests answered.", LABELS)
DURATION = Histogram("http_request_duration_seconds", "From request to answer.", LABELS)
METHODS = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}


def start_clock() -> None:
    g.started = perf_counter()


def count(response: Response) -> Response:
    """Count by the pattern of the route: paths are endless, and each label is kept for ever."""
    method = request.method if request.method in METHODS else "other"
    route = request.url_rule.rule if request.url_rule else "unknown"
    labels = (method, route, str(response.status_code))
    REQUESTS.labels(*labels).inc()
    DURATION.labels(*labels).observe(perf_counter() - g.get("started", perf_counter()))
    return response


def metrics() -> Response:
    """Show all numbers, of all gunicorn processes, to those who have the token."""
    token = current_app.config["METRICS_TOKEN"]
    given = request.headers.get("Authorization", "").encode()
    if not (hmac.compare_digest(given, f"Bearer {token}".encode()) if token else current_app.debug):
        abort(403)
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def init_app(app: Flask) -> None:
    app.before_request(start_clock)
    app.after_request(count)
    app.add_url_rule("/metrics", view_func=metrics)

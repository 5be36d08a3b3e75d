"""How many requests there are, how long they take and how they end, for Prometheus."""

import os
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils.crypto import constant_time_compare
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


class MetricsMiddleware:
    """Count requests, and answer `/metrics` before host and TLS are checked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/metrics":
            return metrics(request)
        started = perf_counter()
        response = self.get_response(request)
        if not request.path.startswith(str(settings.STATIC_URL)):
            count(request, response.status_code, perf_counter() - started)
        return response


def count(request: HttpRequest, status: int, seconds: float) -> None:
    """Count by the pattern of the route: paths are endless, and each label is kept for ever."""
    method = request.method if request.method in METHODS else "other"
    route = f"/{request.resolver_match.route}" if request.resolver_match else "unmatched"
    labels = (method, route, str(status))
    REQUESTS.labels(*labels).inc()
    DURATION.labels(*labels).observe(seconds)


def metrics(request: HttpRequest) -> HttpResponse:
    """Show all numbers, of all gunicorn processes, to those who have the token."""
    token, given = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    if not (constant_time_compare(given, f"Bearer {token}") if token else settings.DEBUG):
        return HttpResponseForbidden("METRICS_TOKEN opens the metrics.\n", "text/plain")
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry), CONTENT_TYPE_LATEST)

"""Counts every answer, and shows the numbers at `/metrics`."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from core.limits import client_address
from core.metrics import CONTENT_TYPE, PATH, exposition, may_read, observe


class MetricsMiddleware:
    """Measures requests, all but those of probes and static files.

    Prometheus asks by address and without TLS, as load balancers do: so this stands before what
    looks at host and TLS.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Handle a request."""
        if request.path == PATH and request.method in {"GET", "HEAD"}:
            return metrics(request)
        started = time.perf_counter()
        response = self.get_response(request)
        if not request.path.startswith(str(settings.STATIC_URL)):
            found = request.resolver_match
            route = f"/{found.route}" if found else None
            seconds = time.perf_counter() - started
            observe(request.method or "", route, response.status_code, seconds)
        return response


def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers, for whoever may read them."""
    if not may_read(
        request.headers.get("Authorization", ""),
        client_address(request),
        settings.METRICS_TOKEN,
        settings.METRICS_NETWORKS,
    ):
        return HttpResponse("The metrics are closed to you.\n", "text/plain", 403)
    return HttpResponse(exposition(), CONTENT_TYPE)

"""Counts every answer, and shows the numbers at `/metrics`."""

import time

from flask import Flask, Response, current_app, g, request

from app.core.metrics import CONTENT_TYPE, PATH, exposition, may_read, observe


def metrics() -> Response:
    """The numbers, for whoever may read them."""
    config = current_app.config
    if not may_read(
        request.headers.get("Authorization", ""),
        request.remote_addr or "",
        config["METRICS_TOKEN"],
        config["METRICS_NETWORKS"],
    ):
        return Response("The metrics are closed to you.\n", 403, mimetype="text/plain")
    return Response(exposition(), content_type=CONTENT_TYPE)


def init_app(app: Flask) -> None:
    """Measure requests, all but those of probes and static files."""
    probes: set[str] = app.extensions["probes"]
    probes.add(PATH)  # Prometheus, too, asks by address

    @app.after_request
    def measure(response: Response) -> Response:
        if request.path not in probes and request.endpoint != "static":
            rule = request.url_rule
            seconds = time.perf_counter() - g.started
            observe(request.method, rule.rule if rule else None, response.status_code, seconds)
        return response

    app.add_url_rule(PATH, view_func=metrics)

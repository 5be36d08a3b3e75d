"""What is counted about requests, and who may read it."""

import hmac
import os
import re
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    values,
)
from prometheus_client.multiprocess import MultiProcessCollector

Network = IPv4Network | IPv6Network
PATH = "/metrics"
CONTENT_TYPE = CONTENT_TYPE_LATEST
LABELS = ("method", "route", "status")
METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
PARAMETER = re.compile(r"<(?:[^<>:]+:)?([^<>]+)>")


def process() -> str:
    """Under what this process counts: its number among gunicorn's workers, where it is one."""
    return os.environ.get("METRICS_WORKER") or str(os.getpid())


if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
    values.ValueClass = values.MultiProcessValue(process)  # type: ignore[no-untyped-call]  # the library's

REQUESTS = Counter("http_requests", "Requests answered.", LABELS)
DURATION = Histogram("http_request_duration_seconds", "Time from request to answer.", LABELS)


def observe(method: str, route: str | None, status: int, seconds: float) -> None:
    """Count an answer.

    Args:
        method: as the client sent it; what HTTP does not know is counted as "OTHER".
        route: the pattern that led to the view, never the path itself: clients choose paths, and
            each label is kept for ever; none where no view was found.
        status: of the answer.
        seconds: how long it took.
    """
    known = method if method in METHODS else "OTHER"
    values = (known, "unmatched" if route is None else PARAMETER.sub(r"{\1}", route), str(status))
    REQUESTS.labels(*values).inc()
    DURATION.labels(*values).observe(seconds)


def exposition() -> bytes:
    """Everything counted so far, by all processes, in Prometheus' format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library's
    return generate_latest(registry)


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Read addresses and networks.

    Raises:
        ValueError: one is neither.
    """
    return tuple(ip_network(text.strip()) for text in texts if text.strip())


def may_read(authorization: str, address: str, token: str, allowed: Iterable[Network]) -> bool:
    """Tell whether somebody may read the metrics.

    Args:
        authorization: the header of that name.
        address: where the request comes from.
        token: what opens the metrics to whoever sends it; empty for nothing.
        allowed: networks that need no token.
    """
    if token and hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
        return True
    try:
        source = ip_address(address)
    except ValueError:  # a socket has no address, a header may hold anything
        return False
    return any(source in network for network in allowed)

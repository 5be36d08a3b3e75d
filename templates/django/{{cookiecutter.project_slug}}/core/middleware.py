"""What happens around every request."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.middleware import common

from core.errors import error_response
from core.logs import request_id, without_tokens
from core.views import health, ready

GetResponse = Callable[[HttpRequest], HttpResponseBase]
CHUNK = 65_536
SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
logger = logging.getLogger("core.requests")


class RequestLogMiddleware:
    """Takes or makes `X-Request-ID`, returns it, and writes a line for every answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Handle a request."""
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        name = given if SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        token, started = request_id.set(name), time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = name
            taken = round((time.perf_counter() - started) * 1000, 1)
            status, path = response.status_code, _path(request)
            data = {"method": request.method, "path": path, "status": status, "ms": taken}
            logger.info(
                "%s %s %d %.1f ms", request.method, path, status, taken, extra={"data": data}
            )
        finally:
            request_id.reset(token)
        return response


def _path(request: HttpRequest) -> str:
    """The path in one line, without a token."""
    path = without_tokens(request.path)
    return path if path.isprintable() else ascii(path)


class SecurityHeadersMiddleware:
    """Sends the policies of `settings/components/security.py`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        policy = settings.CONTENT_SECURITY_POLICY.items()
        self.policy = "; ".join(f"{name} {value}" for name, value in policy)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Handle a request."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response


class PermanentRedirect(HttpResponsePermanentRedirect):
    """Leads elsewhere with method and body as they were."""

    status_code = HTTPStatus.PERMANENT_REDIRECT


class CommonMiddleware(common.CommonMiddleware):
    """Adds a missing last slash without turning a write into a read."""

    response_redirect_class = PermanentRedirect


class BodyLimitMiddleware:
    """Refuses bodies of more than `DATA_UPLOAD_MAX_MEMORY_SIZE` before anybody reads them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Handle a request."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal() or int(size) <= limit:
            return self.get_response(request)
        for _ in range(limit // CHUNK):  # a client that is still sending would miss the answer
            if not request.read(CHUNK):
                break
        return error_response(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class ProbeMiddleware:
    """Answers `/health` and `/ready` before host and TLS are looked at: load balancers ask so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.probes = {"/health": health, "/ready": ready}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Handle a request."""
        answer = self.probes.get(request.path) if request.method in {"GET", "HEAD"} else None
        return answer(request) if answer else self.get_response(request)


class ErrorPageMiddleware:
    """Gives an answer that is nothing but a status, such as 405, a page that people can read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Handle a request."""
        response = self.get_response(request)
        if response.status_code < HTTPStatus.BAD_REQUEST or getattr(response, "content", True):
            return response
        page = error_response(request, response.status_code)
        for name, value in response.items():
            page.headers.setdefault(name, value)
        return page

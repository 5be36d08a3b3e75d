from contextvars import ContextVar
from http import HTTPStatus
from logging import Filter, LogRecord
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from django_guid import get_guid

request_meta: ContextVar[dict[str, Any]] = ContextVar("request_meta")


class ProxyMiddleware(MiddlewareMixin):
    """Behind proxies, take the client's address from `X-Forwarded-For`."""

    def process_request(self, request: HttpRequest) -> None:
        addresses = request.headers.get("X-Forwarded-For", "").split(",")
        if 0 < settings.TRUSTED_PROXIES <= len(addresses):
            address = addresses[-settings.TRUSTED_PROXIES].strip()
            request.META["REMOTE_ADDR"] = address or request.META["REMOTE_ADDR"]
        request_meta.set(request.META)


class ProbeMiddleware(MiddlewareMixin):
    """Answer `/health` and `/ready` before host and TLS are checked: probes have neither."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if request.path not in ("/health", "/ready"):
            return None
        body, status = {"status": "ok"}, HTTPStatus.OK
        if request.path == "/ready":
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
            except Error:
                body, status = {"status": "unavailable"}, HTTPStatus.SERVICE_UNAVAILABLE
        return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


class UserMiddleware(MiddlewareMixin):
    """Name the signed-in user in log lines, and keep their pages out of shared caches."""

    def process_request(self, request: HttpRequest) -> None:
        request.META["user_id"] = request.user.pk

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.user.is_authenticated:
            request.META["user_id"] = request.user.pk  # API tokens are read in the view
            patch_cache_control(response, private=True)
        return response


class RequestFilter(Filter):
    """Give log lines the id of the signed-in user and the address of the client."""

    def filter(self, record: LogRecord) -> bool:
        meta = request_meta.get({}) if get_guid() else {}  # the id ends with the request
        record.user_id, record.client = meta.get("user_id"), meta.get("REMOTE_ADDR")
        return True

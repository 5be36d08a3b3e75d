from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control

from core.logs import current_request

GetResponse = Callable[[HttpRequest], HttpResponse]


class ProxyMiddleware:
    """Behind proxies, take the client's address from `X-Forwarded-For`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        addresses = request.headers.get("X-Forwarded-For", "").split(",")
        if 0 < settings.TRUSTED_PROXIES <= len(addresses):
            request.META["REMOTE_ADDR"] = addresses[-settings.TRUSTED_PROXIES].strip()
        return self.get_response(request)


class ProbeMiddleware:
    """Answer `/health` and `/ready` before host and TLS are checked: probes have neither."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in ("/health", "/ready"):
            return self.get_response(request)
        body, status = {"status": "ok"}, HTTPStatus.OK
        if request.path == "/ready":
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
            except Error:
                body, status = {"status": "unavailable"}, HTTPStatus.SERVICE_UNAVAILABLE
        return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


class SignedInMiddleware:
    """Name the signed-in person in log lines, and keep their pages out of shared caches."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_request.set(request)
        try:
            response = self.get_response(request)
        finally:
            current_request.reset(token)
        if request.user.is_authenticated:
            request.META["user_id"] = request.user.pk
            patch_cache_control(response, private=True)
        return response

    def process_view(self, request: HttpRequest, *args: object) -> None:
        if request.user.is_authenticated:
            request.META["user_id"] = request.user.pk

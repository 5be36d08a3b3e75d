"""Security headers, and the proxies in front of the application."""

from flask import Flask, Response, g, request
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

PROBES = frozenset({"/health", "/ready"})  # load balancers ask by address
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
)


def init_app(app: Flask) -> None:
    """Trust as many proxies as configured, check the host, add headers to every response."""
    if count := app.config["TRUSTED_PROXIES"]:
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # as Flask documents it

    probes = app.extensions.setdefault("probes", set(PROBES))

    @app.before_request
    def check_host() -> None:
        """Refuse a name that is not ours: links in mails are made from it."""
        allowed = app.config["ALLOWED_HOSTS"]
        ours = bool(allowed) and host_is_trusted(request.host.lower(), allowed)
        if not ours and request.path not in probes:
            raise SecurityError("This host is not served here.")

    @app.after_request
    def add_headers(response: Response) -> Response:
        given = {name.lower() for name, _value in response.headers}
        for name, value in HEADERS:
            if name.lower() not in given:
                response.headers.add(name, value)
        if g.get("user"):  # neither shared caches nor the next person at this browser shall see it
            response.headers.setdefault("Cache-Control", "no-store, private")
        if request.is_secure and app.config["HTTPS"]:
            seconds = app.config["SECURE_HSTS_SECONDS"]
            response.headers.setdefault(
                "Strict-Transport-Security", f"max-age={seconds}; includeSubDomains"
            )
        return response

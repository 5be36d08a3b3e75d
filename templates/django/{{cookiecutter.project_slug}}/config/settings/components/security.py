"""What browsers are told, and what is trusted.

TLS ends at a proxy: gunicorn believes its `X-Forwarded-Proto` when it comes from an address in
`FORWARDED_ALLOW_IPS`.
"""

from config.settings.environment import PRODUCTION, env

HTTPS = env.bool("HTTPS", default=PRODUCTION)  # false for a try on one's own machine
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "core.errors.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=()"

"""Outgoing e-mail: the console while developing, memory in tests, `EMAIL_URL` in production."""

from config.settings.environment import PRODUCTION, TESTING, env

_mail = env.email_url(
    "EMAIL_URL", default="smtp://localhost:25" if PRODUCTION else "consolemail://"
)
_backend = "django.core.mail.backends.locmem.EmailBackend" if TESTING else _mail["EMAIL_BACKEND"]
# % if cookiecutter._slots.django
_server = {
    "host": _mail["EMAIL_HOST"],
    "port": _mail["EMAIL_PORT"],
    "username": _mail["EMAIL_HOST_USER"] or "",
    "password": _mail["EMAIL_HOST_PASSWORD"] or "",
    "use_tls": _mail.get("EMAIL_USE_TLS", False),
    "use_ssl": _mail.get("EMAIL_USE_SSL", False),
    "timeout": 10,
}
{{ "" }}
MAILERS = {
    "default": {
        "BACKEND": _backend,
        "OPTIONS": _server if _backend.endswith(".smtp.EmailBackend") else {},
    }
}
# % else
{{ "" }}
EMAIL_BACKEND = _backend
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
# % endif
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")

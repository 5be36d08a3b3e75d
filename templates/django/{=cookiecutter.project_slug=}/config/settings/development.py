"""For your own machine. Needs no environment variables."""

from config.settings.base import *
from config.settings.base import LOGGING

DEBUG = True
SECRET_KEY = "only-for-development"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# % if cookiecutter._slots.django
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
# % else
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# % endif
LOGGING["handlers"]["default"]["formatter"] = "console"

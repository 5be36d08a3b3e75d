"""Settings for every environment. Each library has its own file in `components/`."""

from typing import Any

from config.settings.env import BASE_DIR, env
# % for name in cookiecutter._slots.components
from config.settings.components.{= name =} import *
# % endfor

DEBUG = False

INSTALLED_APPS = [
    "core",
    "apps.accounts",
# % for app in cookiecutter._apps
    "apps.{= app.name =}",
# % endfor
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
# % if not cookiecutter._slots.django
    "csp",
# % endif
    "django_guid",
# % for name in cookiecutter._slots.installed_apps
    "{= name =}",
# % endfor
]

MIDDLEWARE = [
# % for item in cookiecutter._slots.middleware
    "{= item.path =}",
# % if item.key == "25"
    "{= "django.middleware.csp.ContentSecurityPolicyMiddleware" if cookiecutter._slots.django else "csp.middleware.CSPMiddleware" =}",
# % endif
# % endfor
]

TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# % if not cookiecutter._slots.django
FORMS_URLFIELD_ASSUME_HTTPS = True  # as from Django 6 on
# % endif
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # see templates/django/forms/

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url_config(env("DATABASE_URL"))
    if env("DATABASE_URL", default="")
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"},
}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",  # a second writer waits instead of failing
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]

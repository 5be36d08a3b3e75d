"""What Django itself needs: apps, middleware, URLs, templates."""

from config.settings.environment import DEVELOPMENT, NAME, ROOT, TESTING, env, required

ENVIRONMENT = NAME
DEBUG = DEVELOPMENT
SITE_NAME = env.str("SITE_NAME", default="{{ (cookiecutter.project_name | tojson)[1:-1] }}")
SECRET_KEY = required("SECRET_KEY", otherwise="for-development-and-tests-only")
_hosts = required("ALLOWED_HOSTS", otherwise="localhost,127.0.0.1,testserver")
ALLOWED_HOSTS = [name.strip() for name in _hosts.split(",")]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "UTC"
USE_TZ = True

PROJECT_APPS = [f"apps.{path.parent.name}" for path in sorted(ROOT.glob("apps/*/apps.py"))]
INSTALLED_APPS = [
    "core",
    *PROJECT_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    # % for name in cookiecutter._slots.installed_apps
    "{{ name }}",
    # % endfor
]

MIDDLEWARE = [
    "core.middleware.RequestLogMiddleware",
    "core.middleware.SecurityHeadersMiddleware",
    "core.middleware.ProbeMiddleware",
    # % for path in cookiecutter._slots.outer_middleware
    "{{ path }}",
    # % endfor
    "core.middleware.BodyLimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # % for row in cookiecutter._slots.middleware
    "{{ row.path }}",
    # % endfor
    "core.middleware.ErrorPageMiddleware",
]

if TESTING:
    INSTALLED_APPS += ["tests.specimens", "zeal"]  # zeal: a query inside a loop is an error
    MIDDLEWARE.append("zeal.middleware.zeal_middleware")
    ZEAL_ALLOWLIST = [{"model": "*", "field": "get()"}]  # libraries do it twice in one request

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "core.context_processors.site",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.request",
                # % for path in cookiecutter._slots.context_processors
                "{{ path }}",
                # % endfor
            ],
        },
    },
]

"""Static files, served by the application itself, and what pages are made of."""

from config.settings.environment import PRODUCTION, ROOT

STATIC_URL = "static/"
STATIC_ROOT = ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.static.StaticStorage"},
}
WHITENOISE_AUTOREFRESH = not PRODUCTION  # nothing is collected there, and files change
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()

STYLESHEETS: list[str] = [{%% for path in cookiecutter._slots.stylesheets %%}"{{ path }}", {%% endfor %%}]
HOME_PANELS: list[str] = [{%% for path in cookiecutter._slots.home_panels %%}"{{ path }}", {%% endfor %%}]
ICONS: list[str] = [{%% for path in cookiecutter._slots.icons %%}"{{ path }}", {%% endfor %%}]

"""Every URL: the site's own, and what each folder of `apps/` brings."""

from django.urls import URLPattern, URLResolver, include, path

from core.discovery import mounted

handler400 = "core.errors.bad_request"
handler403 = "core.errors.forbidden"
handler404 = "core.errors.not_found"
handler500 = "core.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("core.urls")),
    # % for row in cookiecutter._slots.urls
    path("{{ row.key }}", include("{{ row.include }}")),
    # % endfor
    *mounted("urls"),
]

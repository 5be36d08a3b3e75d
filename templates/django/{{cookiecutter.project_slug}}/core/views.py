"""Home, and whether the site is well."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView


class HomeView(TemplateView):
    """The first page."""

    template_name = "core/home.html"
    extra_context = {"panels": settings.HOME_PANELS}


def favicon(request: HttpRequest) -> HttpResponse:
    """What browsers ask for on pages that name no icon."""
    icons = settings.ICONS
    return redirect(static(icons[0])) if icons else HttpResponse(status=204)


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})

"""The site of the admin: for staff, by the project's own login, with a banner."""

from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from core.admin.labels import label

IN_SIDEBAR = 30  # models; where there are more, a page lists those of its own app


class Lookup(AutocompleteJsonView):
    """Rows to choose from by typing."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        """Show what staff know a row by."""
        return {**super().serialize_result(obj, to_field_name), "text": label(obj)}


class Site(AdminSite):
    """The admin of this project."""

    site_header = site_title = settings.SITE_NAME
    index_title = "Data"

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send visitors to the login, which counts wrong passwords; refuse who is no staff."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.path.removesuffix("login/")))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer look-ups."""
        return cast(HttpResponse, Lookup.as_view(admin_site=self)(request))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """List the models: all on the first page, and beside every other while they are few."""
        if app_label is None and len(self._registry) > IN_SIDEBAR and request.resolver_match:
            page = getattr(request.resolver_match.func, "model_admin", None)
            app_label = page.opts.app_label if page else None
        return super().get_app_list(request, app_label)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Tell every page about the environment."""
        return {**super().each_context(request), "environment": settings.ENVIRONMENT}

"""The site of the admin: for staff, by the project's own login, with a banner."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


class Site(AdminSite):
    """The admin of this project."""

    site_header = site_title = settings.SITE_NAME
    index_title = "Data"

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send visitors to the login, which counts wrong passwords; refuse who is no staff."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.path.removesuffix("login/")))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Tell every page about the environment."""
        return {**super().each_context(request), "environment": settings.ENVIRONMENT}

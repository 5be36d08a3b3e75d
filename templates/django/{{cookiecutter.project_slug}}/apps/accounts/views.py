"""Pages about users."""

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse

from apps.accounts.forms import LoginForm
from core.limits import Logins, pause


class LoginView(views.LoginView):
    """Sign in; too many wrong passwords are answered with a pause."""

    form_class = LoginForm
    template_name = "accounts/login.html"
    extra_context = {"site_name": settings.SITE_NAME}  # Django's own is the host

    def post(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        """Check a password."""
        if wait := self._logins().wait():
            return pause(request, wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in."""
        self._logins().succeeded()
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form again."""
        self._logins().failed()
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def _logins(self) -> Logins:
        return Logins(self.request, self.request.POST.get("username", ""))


class LogoutView(views.LogoutView):
    """Sign out, by POST."""

    http_method_names = ["post", "options"]

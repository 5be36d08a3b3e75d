"""Pages about users."""

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse

from apps.accounts.forms import LoginForm
from core.errors import error_response
from core.limits import login_key, login_limit


class LoginView(views.LoginView):
    """Sign in; too many wrong passwords are answered with a pause."""

    form_class = LoginForm
    template_name = "accounts/login.html"
    extra_context = {"site_name": settings.SITE_NAME}  # Django's own is the host

    def post(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        """Check a password."""
        if wait := login_limit().wait(self._key()):
            response = error_response(request, 429)
            response["Retry-After"] = str(wait)
            return response
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in."""
        login_limit().forget(self._key())
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form again."""
        login_limit().add(self._key())
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def _key(self) -> str:
        return login_key(self.request, self.request.POST.get("username", ""))


class LogoutView(views.LogoutView):
    """Sign out, by POST."""

    http_method_names = ["post", "options"]

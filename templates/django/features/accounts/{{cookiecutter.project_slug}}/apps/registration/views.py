"""Pages of sign-up, profile and passwords."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, views
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.views.generic import CreateView, TemplateView, UpdateView, View
from django.views.generic.edit import FormMixin

from apps.accounts.models import User
from apps.registration.forms import PasswordResetForm, ProfileForm, SignUpForm
from core.limits import Limit, Logins, client_address, pause

FORM = "registration_pages/form.html"


class FormPage(FormMixin[Any]):
    """A form on a page of its own; what is wrong is answered with 422."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again."""
        answer = super().form_invalid(form)
        answer.status_code = 422
        return answer


class Limited(View):
    """So many forms from one address in an hour: they open accounts and send mail."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count a form."""
        limit, address = Limit("registration", settings.SIGNUP_LIMIT, 3600), client_address(request)
        if wait := limit.wait(address):
            return pause(request, wait)
        limit.add(address)
        return super().post(request, *args, **kwargs)  # type: ignore[misc,no-any-return]  # the page's


class SignUpPage(Limited, FormPage, CreateView[User, SignUpForm]):
    """Make an account, unless sign-up is closed."""

    template_name = FORM
    form_class = SignUpForm
    extra_context = {"title": "Sign up", "button": "Sign up"}
    success_url = reverse_lazy("core:home")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let visitors in while sign-up is open."""
        if not settings.SIGNUP_ENABLED:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        """Make the account and sign in, unless somebody was faster with the same address."""
        try:
            with transaction.atomic():
                answer = super().form_valid(form)
        except IntegrityError:
            form.add_error("email", form.instance.unique_error_message(User, ("email",)))
            return self.form_invalid(form)
        login(self.request, form.instance)
        messages.success(self.request, "Your account has been made. Welcome!")
        return answer


class ProfilePage(
    LoginRequiredMixin, FormPage, SuccessMessageMixin[Any], UpdateView[User, ProfileForm]
):
    """Change the name that others see."""

    template_name = "registration_pages/profile.html"
    form_class = ProfileForm
    extra_context = {"title": "Profile", "button": "Save"}
    success_message = "Your profile has been changed."
    success_url = reverse_lazy("core:home")

    def get_object(self, queryset: Any = None) -> User:
        """Find who is signed in, anew: the page shows the old name until it is saved."""
        return get_object_or_404(User, pk=self.request.user.pk)


class PasswordChangePage(FormPage, SuccessMessageMixin[Any], views.PasswordChangeView):
    """Change one's own password."""

    template_name = FORM
    extra_context = {"title": "Change password", "button": "Change password"}
    success_message = "Your password has been changed."
    success_url = reverse_lazy("core:home")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let nobody who took over a session guess the password."""
        if wait := self._guesses().wait():
            return pause(request, wait)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Count what is wrong."""
        self._guesses().failed()
        return super().form_invalid(form)

    def _guesses(self) -> Logins:
        return Logins(self.request, f"user {self.request.user.pk}")


class PasswordResetPage(Limited, FormPage, views.PasswordResetView):
    """Ask for a link to set another password."""

    template_name = FORM
    form_class = PasswordResetForm
    email_template_name = "registration_pages/password_reset_email.txt"
    subject_template_name = "registration_pages/password_reset_subject.txt"
    extra_email_context = {"site_name": settings.SITE_NAME}  # Django's own is the host
    extra_context = {"title": "Forgot your password?", "button": "Send me a link"}
    success_url = reverse_lazy("registration:password-reset-sent")


class PasswordResetSentPage(TemplateView):
    """Say that a mail is on its way, whoever has an account or not."""

    template_name = "registration_pages/password_reset_sent.html"


class PasswordResetConfirmPage(FormPage, SuccessMessageMixin[Any], views.PasswordResetConfirmView):
    """Set another password, by the link."""

    template_name = "registration_pages/password_reset_confirm.html"
    extra_context = {"button": "Set password"}
    success_message = "Your password has been set. Log in with it."
    success_url = reverse_lazy("accounts:login")

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """Show the form, or that the link leads nowhere."""
        status = {} if self.validlink else {"status": 404}
        return super().render_to_response(context, **status, **options)

"""Forms of sign-up, profile and passwords."""

from contextvars import copy_context
from functools import partial
from threading import Thread
from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms

from apps.accounts.models import User


def public_name() -> forms.CharField:
    """The field of what others see instead of the address."""
    return forms.CharField(
        max_length=80,
        help_text="Others see this name.",
        widget=forms.TextInput({"autocomplete": "name", "autofocus": True}),
    )


class SignUpForm(auth_forms.BaseUserCreationForm[User]):
    """Name, e-mail address and password."""

    name = public_name()
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "username"}))

    class Meta:
        model = User
        fields = ("name", "email")

    def clean_email(self) -> str:
        """Compare e-mail addresses as they are stored."""
        return str(self.cleaned_data["email"]).lower()


class ProfileForm(forms.ModelForm[User]):
    """What a person can change of the account."""

    name = public_name()

    class Meta:
        model = User
        fields = ("name",)


class PasswordResetForm(auth_forms.PasswordResetForm):
    """E-mail address of a forgotten password."""

    def send_mail(self, *args: Any, **options: Any) -> None:
        """Send the link beside the answer: how slow the mail server is would tell of an account."""
        send = partial(super().send_mail, *args, **options)
        Thread(target=copy_context().run, args=(send,)).start()

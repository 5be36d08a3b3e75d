"""Forms of sign-up."""

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm

from apps.accounts.models import User


class SignUpForm(BaseUserCreationForm[User]):
    """E-mail address and password."""

    email = forms.EmailField(
        label="E-mail", widget=forms.EmailInput({"autocomplete": "username", "autofocus": True})
    )

    class Meta:
        model = User
        fields = ("email",)

    def clean_email(self) -> str:
        """Compare e-mail addresses as they are stored."""
        return str(self.cleaned_data["email"]).lower()

"""Forms of sign-up."""

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm

from apps.accounts.models import User


class SignUpForm(BaseUserCreationForm[User]):
    """Name, e-mail address and password."""

    name = forms.CharField(
        max_length=80,
        help_text="Others see this name.",
        widget=forms.TextInput({"autocomplete": "name", "autofocus": True}),
    )
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "username"}))

    class Meta:
        model = User
        fields = ("name", "email")

    def clean_email(self) -> str:
        """Compare e-mail addresses as they are stored."""
        return str(self.cleaned_data["email"]).lower()

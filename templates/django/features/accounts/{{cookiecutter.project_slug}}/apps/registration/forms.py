"""Forms of sign-up and profile."""

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm

from apps.accounts.models import User


def public_name() -> forms.CharField:
    """The field of what others see instead of the address."""
    return forms.CharField(
        max_length=80,
        help_text="Others see this name.",
        widget=forms.TextInput({"autocomplete": "name", "autofocus": True}),
    )


class SignUpForm(BaseUserCreationForm[User]):
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

"""The forms of registration."""

from typing import Any

from flask import current_app
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from app.blueprints.accounts.models import NAME_LENGTH
from app.core.form_fields import storable
from app.core.page_form import PageForm

OLD = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password"}


def public_name() -> StringField:
    """The field of what others see instead of the address."""
    return StringField(
        "Name",
        [DataRequired(), storable, Length(max=NAME_LENGTH)],
        description="Others see this name.",
        render_kw={"autocomplete": "name", "autofocus": True},
    )


def again() -> PasswordField:
    """The field that catches a slip in a password nobody can read."""
    same = EqualTo("password", "This is not the same password.")
    return PasswordField("The same password again", [DataRequired(), same], render_kw=NEW)


class ChoosesPassword(PageForm):
    """A form with a new password; it says what a password must have."""

    password: PasswordField

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        shortest = current_app.config["PASSWORD_MIN_LENGTH"]
        self.password.description = f"At least {shortest} characters."


class SignUpForm(ChoosesPassword):
    """A new account."""

    name = public_name()
    email = EmailField("E-mail", [DataRequired()], render_kw={"autocomplete": "username"})
    password = PasswordField("Password", [DataRequired()], render_kw=NEW)
    password_again = again()


class ProfileForm(PageForm):
    """What a person can change of the account."""

    name = public_name()


class PasswordChangeForm(ChoosesPassword):
    """The old password and the new one."""

    old_password = PasswordField("Old password", [DataRequired()], render_kw=OLD)
    password = PasswordField("New password", [DataRequired()], render_kw=NEW)
    password_again = again()


class PasswordResetForm(PageForm):
    """Who has forgotten the password."""

    email = EmailField("E-mail", [DataRequired()], render_kw={"autocomplete": "username"})


class NewPasswordForm(ChoosesPassword):
    """The new password."""

    password = PasswordField("New password", [DataRequired()], render_kw=NEW)
    password_again = again()

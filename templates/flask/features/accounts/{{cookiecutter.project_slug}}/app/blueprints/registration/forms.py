"""The forms of registration."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Length

from app.blueprints.accounts.models import NAME_LENGTH
from app.core.form_fields import storable

OLD = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password"}


class SignUpForm(FlaskForm):
    """A new account."""

    name = StringField(
        "Name",
        [DataRequired(), storable, Length(max=NAME_LENGTH)],
        description="Others see this name.",
        render_kw={"autocomplete": "name"},
    )
    email = EmailField("E-mail", [DataRequired()], render_kw={"autocomplete": "username"})
    password = PasswordField("Password", [DataRequired()], render_kw=NEW)


class PasswordChangeForm(FlaskForm):
    """The old password and the new one."""

    old_password = PasswordField("Old password", [DataRequired()], render_kw=OLD)
    password = PasswordField("New password", [DataRequired()], render_kw=NEW)


class PasswordResetForm(FlaskForm):
    """Who has forgotten the password."""

    email = EmailField("E-mail", [DataRequired()], render_kw={"autocomplete": "username"})


class NewPasswordForm(FlaskForm):
    """The new password."""

    password = PasswordField("New password", [DataRequired()], render_kw=NEW)

"""The forms of accounts."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired


class LoginForm(FlaskForm):
    """E-mail address and password."""

    email = EmailField(
        "E-mail", [DataRequired()], render_kw={"autocomplete": "username", "autofocus": True}
    )
    password = PasswordField(
        "Password", [DataRequired()], render_kw={"autocomplete": "current-password"}
    )

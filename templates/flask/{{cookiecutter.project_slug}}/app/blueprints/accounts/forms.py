"""The forms of accounts."""

from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired

from app.core.page_form import PageForm


class LoginForm(PageForm):
    """E-mail address and password."""

    email = EmailField(
        "E-mail", [DataRequired()], render_kw={"autocomplete": "username", "autofocus": True}
    )
    password = PasswordField(
        "Password", [DataRequired()], render_kw={"autocomplete": "current-password"}
    )

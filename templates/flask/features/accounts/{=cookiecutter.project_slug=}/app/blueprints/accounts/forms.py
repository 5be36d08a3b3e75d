"""The forms of accounts; the others are Flask-Security's own."""

from flask_security import RegisterFormV2
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length


class ProfileForm(FlaskForm):
    name = StringField("Name", [DataRequired(), Length(max=80)], description="Shown to others.")


class SignUpForm(RegisterFormV2, ProfileForm):
    """Flask-Security's form, with a name."""

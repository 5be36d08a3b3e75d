"""The forms of accounts; the others are Flask-Security's own."""

from flask_security import RegisterFormV2
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

NAME_HINT = "Others see this name."


class SignUpForm(RegisterFormV2):
    name = StringField("Name", [DataRequired(), Length(max=80)], description=NAME_HINT)


class ProfileForm(FlaskForm):
    name = StringField("Name", [DataRequired(), Length(max=80)], description=NAME_HINT)

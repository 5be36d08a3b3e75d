{%% from "names.jinja" import function, import_function with context %%}
"""The forms of {= app.title | lower =}."""

from typing import Any

from flask_security import current_user
from wtforms import (
    BooleanField, DateField, DateTimeLocalField, DecimalField, EmailField, FloatField, IntegerField,
    SelectField, SelectMultipleField, StringField, TextAreaField, TimeField, URLField,
)
from wtforms.validators import (
    URL, DataRequired, Email, InputRequired, Length, NumberRange, Optional, Regexp,
)

from app.forms import EMPTY, YES_NO, enum_choices, JsonField, RowForm, Unique, UuidField, is_yes, or_none
from app.blueprints.{= app.name =} import models
# % for resource in app.resources
# % for field in resource.inputs if field.target
# % if field.target.app == "accounts"
from app.blueprints.{= app.name =}.choices import offer_users
# % else
{= import_function("offer_" ~ field.target.plural, field.target, app, "choices") =}
# % endif
# % endfor
# % endfor
# % for resource in app.resources
# % set chosen = resource.inputs | selectattr("target") | list
# % set sets = chosen | selectattr("type", "equalto", "m2m") | list


class {= resource.name =}Form(RowForm):
    # % if not resource.inputs
    """Nothing of {= resource.label_plural =} is entered by hand."""
    # % endif
    # % for field in resource.inputs
    # % set most = "9" * (field.digits - field.places) or "0"
    # % set most = most ~ ("." ~ "9" * field.places if field.places else "")
    # % set presence = [] if field.type in ("bool", "m2m") and not field.required else ["InputRequired()"] if field.required and (field.type not in ("str", "text", "email", "url", "slug", "m2m")) else ["DataRequired()"] if field.required else [] if field.type == "bool" else ["Optional()"]
    # % set limits = ["NumberRange(%s, %s)" % (field.minimum or "-" ~ most, field.maximum or most)] if field.type == "decimal" else ["NumberRange(%s, %s)" % (field.minimum or field.lowest, field.maximum or field.highest)] if field.lowest else ["NumberRange(%s)" % ((["min=" ~ field.minimum] if field.minimum else []) + (["max=" ~ field.maximum] if field.maximum else [])) | join(", ")] if field.minimum or field.maximum else []
    # % set unique = ['Unique(models.%s.%s, "Another %s has this %s.")' % (resource.name, field.attribute, resource.label, field.label)] if field.unique else []
    # % set validators = presence + field.validators + limits + unique
    # % set step = ["render_kw={\"step\": \"%s\"}" % ("%.*f" | format(field.places, 0.1 ** field.places))] if field.type == "decimal" else []
    # % set options = ["choices=enum_choices(models.%s%s)" % (resource.name, field.class_name), "coerce=or_none(models.%s%s)" % (resource.name, field.class_name)] if field.type == "enum" else []
    # % set hint = ["description=\"Leave empty to generate it from the %s.\"" % resource.slug_source.label] if field.auto else []
    # % set empty = ['default=""'] if field.type in ("str", "text", "email", "url", "slug") and not field.required and not field.null else []
    # % set label = field.label | capitalize
    {= field.key if field.type == "m2m" else field.attribute =} = {= field.form =}({= ([label | tojson] + (["[" ~ validators | join(", ") ~ "]"] if validators else []) + options + field.entry + empty + step + hint) | join(", ") =})
    # % endfor
    # % if chosen
    {= "" =}
    def __init__(self, row: models.{= resource.name =} | None = None, **kwargs: Any) -> None:
        # % for field in sets
        {= field.key =} = [{= field.target.snake =}.id for {= field.target.snake =} in row.{= field.name =}] if row else []
        # % endfor
        super().__init__(row, {%% for field in sets %%}{= field.key =}={= field.key =}, {%% endfor %%}**kwargs)
        # % for field in chosen
        # % set seen = "current_user, " if field.target.private else ""
        # % set offer = function("offer_" ~ field.target.plural, field.target, app) | trim
        # % if field.type == "ref"
        self.{= field.attribute =}.choices = EMPTY | {= offer =}({= seen =}chosen=[self.{= field.attribute =}.data])
        # % else
        self.{= field.key =}.choices = {= offer =}({= seen =}chosen=(self.{= field.key =}.data or [])[:100])
        # % endif
        # % endfor
    # % endif
# % endfor

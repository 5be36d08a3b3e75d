"""Forms, read off the model."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FloatField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    URLField,
)
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.core.columns import Exact, UtcDateTime
from app.core.db import Base, db
from app.core.fields import Field, no_kind
from app.core.form_fields import (
    ExactField,
    JsonField,
    LongTextField,
    MaybeField,
    MomentField,
    TimeOfDayField,
    UuidField,
    storable,
)
from app.core.formats import FORMATS, choice_label

SMALL, BIG = 2**31 - 1, 2**63 - 1
BY_FORMAT = {"email": EmailField, "url": URLField, "slug": StringField}
SEVERAL = "Hold Ctrl, or ⌘ on a Mac, to choose several."
MOMENT = {"render_kw": {"step": "any"}, "description": "UTC"}


class RecordForm(BaseForm):
    """A form for fields of a model.

    Args:
        fields: what it asks for.
        record: what it shows first.
        sent: what a person sent.
    """

    def __init__(
        self, fields: Sequence[Field], record: Base | None, sent: MultiDict[str, str] | None
    ) -> None:
        super().__init__({field.name: form_field(field) for field in fields})
        self.asked = fields
        shown = {field.name: _shown(field, record) for field in fields}
        self.process(sent, data=shown)

    def values(self) -> dict[str, Any]:
        """What was sent, by `Field.key`."""
        return {field.key: _sent(field, self[field.name].data) for field in self.asked}

    def add_error(self, name: str, message: str) -> None:
        """Show a message at a field, or above all where the form does not ask for it."""
        if name in self:
            self[name].errors = [*self[name].errors, message]
        else:
            self.form_errors.append(message)


def _shown(field: Field, record: Base | None) -> Any:
    value = getattr(record, field.name) if record else field.default
    if field.many:
        return [row.id for row in value] if record else []
    return value.id if field.target and value else value


def _sent(field: Field, value: Any) -> Any:
    if field.nullable and value == "":
        return None
    return value


def form_field(field: Field) -> Any:
    """The form field of one field of a model."""
    if field.target:
        return _reference_field(field)
    if field.choices:
        known = [SelectChoice(value, choice_label(value)) for value in field.choices]
        return _select_field(field, known, _text_or_none)
    column = field.column.type
    if isinstance(column, sa.String):
        return _text_field(field, column)
    makers = (found for kind, found in BY_COLUMN.items() if isinstance(column, kind))
    make, options = next(makers, (None, {}))
    if make is None:
        raise no_kind(field)
    if isinstance(column, sa.Boolean):
        return MaybeField(field.label) if field.nullable else BooleanField(field.label)
    rules = [*_presence(field), *options.get("validators", ())]
    if isinstance(column, Exact):
        return ExactField(field.label, [*rules, _digits(column)])
    rest = {name: value for name, value in options.items() if name != "validators"}
    return make(field.label, rules, **rest)


BY_COLUMN: Mapping[type[Any], tuple[Any, dict[str, Any]]] = {
    sa.Boolean: (BooleanField, {}),
    sa.BigInteger: (IntegerField, {"validators": [NumberRange(-BIG - 1, BIG)]}),
    sa.Integer: (IntegerField, {"validators": [NumberRange(-SMALL - 1, SMALL)]}),
    Exact: (ExactField, {}),
    sa.Float: (FloatField, {"validators": [storable]}),
    UtcDateTime: (MomentField, MOMENT),
    sa.Date: (DateField, {}),
    sa.Time: (TimeOfDayField, {"render_kw": {"type": "time", "step": "any"}}),
    sa.Uuid: (UuidField, {}),
    sa.JSON: (JsonField, {"validators": [storable]}),
}


def _presence(field: Field) -> list[Any]:
    return [Optional(strip_whitespace=False)] if field.nullable else [InputRequired()]


def _text_field(field: Field, column: sa.String) -> Any:
    rules: list[Any] = [storable]
    if field.required and not field.blank:
        rules.insert(0, InputRequired())
    if not field.blank and not field.nullable:
        rules.append(_not_blank)
    if column.length:
        rules.append(Length(max=column.length))
    if field.format:
        rules.append(_check_format(field.format))
    make = LongTextField if isinstance(column, sa.Text) else BY_FORMAT.get(field.format or "")
    note = f"Left empty, it is made from the {field.source}." if field.source else ""
    return (make or StringField)(field.label, rules, description=note)


def _reference_field(field: Field) -> Any:
    rows = db.session.scalars(sa.select(field.target).order_by("id")) if field.target else ()
    choices = [SelectChoice(str(row.id), str(row)) for row in rows]
    if field.many:
        rules = [] if field.blank else [InputRequired()]
        return SelectMultipleField(
            field.label, rules, description=SEVERAL, choices=choices, coerce=int
        )
    return _select_field(field, choices, _id_or_none)


def _select_field(field: Field, choices: list[SelectChoice], coerce: Any) -> SelectField:
    if field.nullable:
        choices = [SelectChoice("", "–"), *choices]
    elif field.required:  # nobody shall send what stood first by chance
        choices = [SelectChoice("", "Choose …"), *choices]
    rules = [InputRequired()] if field.required else []
    return SelectField(field.label, rules, choices=choices, coerce=coerce)


def _id_or_none(value: Any) -> int | None:
    return int(value) if value not in {"", None} else None


def _text_or_none(value: Any) -> str | None:
    return str(value) if value not in {"", None} else None


def _not_blank(_form: Any, field: Any) -> None:
    if field.data is not None and not field.data.strip():
        raise ValidationError("This must not be blank.")


def _check_format(name: str) -> Any:
    def check(_form: Any, field: Any) -> None:
        if field.data and not FORMATS[name](field.data):
            raise ValidationError(f"This is not a valid {name}.")

    return check


def _digits(column: Exact) -> Any:
    def check(_form: Any, field: Any) -> None:
        value: Decimal | None = field.data
        if value is None:
            return
        if not value.is_finite() or abs(value) >= Decimal(10) ** (column.digits - column.places):
            raise ValidationError(f"This has more than {column.digits} digits.")
        if value != column.exact(value):
            raise ValidationError(f"This has more than {column.places} decimal places.")

    return check

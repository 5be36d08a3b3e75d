{%% set types = cookiecutter._apps | map(attribute="resources") | sum(start=[]) | map(attribute="inputs") | sum(start=[]) %%}
{%% set names = types | map(attribute="type") | list %%}
"""What all forms have in common."""

import json
from collections.abc import Callable, Collection, Iterable
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from sqlalchemy import Select, SQLColumnExpression, or_, select
from sqlalchemy.orm import InstrumentedAttribute, lazyload
from wtforms import Field, HiddenField, TextAreaField, ValidationError
from wtforms.widgets import TextInput

from app.extensions import db

CHOICES = 50  # rows that a form offers; a search finds the others
EMPTY = {"": "---------"}  # what a select begins with
# % if types | selectattr("type", "equalto", "bool") | selectattr("null") | list
YES_NO = EMPTY | {"true": "Yes", "false": "No"}
# % endif


class RowForm(FlaskForm):
    """The form of a row; it notices when somebody changed the row after it was opened."""

    row_version = HiddenField()

    def __init__(self, row: Any = None, **kwargs: Any) -> None:
        super().__init__(obj=row, **kwargs)
        self.edited_row = row
        stored = repr([field.object_data for field in self])
        self.row_version.data = sha256(stored.encode()).hexdigest()

    def row_values(self) -> dict[str, Any]:
        """Return what was entered, by field name."""
        return {field.name: field.data for field in self if not isinstance(field, HiddenField)}

    def validate_row_version(self, field: Field) -> None:
        if self.edited_row and field.raw_data and field.raw_data != [field.data]:
            raise ValidationError("Somebody else changed this meanwhile. Save again to overwrite it.")


class Unique:
    """Refuses a value that another row has."""

    def __init__(self, column: InstrumentedAttribute[Any], message: str) -> None:
        self.column, self.message = column, message

    def __call__(self, form: RowForm, field: Field) -> None:
        row = db.session.scalar(select(self.column.class_).where(self.column == field.data))
        if row is not None and row is not form.edited_row:
            raise ValidationError(self.message)


def or_none(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Let an empty choice or text stand for no value."""
    return lambda value: convert(value) if value not in ("", None) else None


# % if cookiecutter._apps | map(attribute="resources") | sum(start=[]) | map(attribute="fields") | sum(start=[]) | selectattr("type", "equalto", "bool") | list
def is_yes(value: Any) -> bool:
    return str(value).lower() == "true"


# % endif
def enum_choices(members: Iterable[Enum]) -> dict[str, str]:
    """Return the members of an enum as the choices of a select."""
    return EMPTY | {one.value: one.name.replace("_", " ").capitalize() for one in members}


def offer(
    query: Select[Any], label: SQLColumnExpression[str], search: str, chosen: Collection[int | None]
) -> dict[str, str]:
    """Return the ids and labels of the chosen rows, and of the first that a search finds."""
    row_id = query.column_descriptions[0]["entity"].id
    is_chosen, found = row_id.in_(chosen), label.icontains(search, autoescape=True)
    query = query.where(or_(is_chosen, found)).order_by(is_chosen.desc(), label)
    rows = db.session.scalars(query.options(lazyload("*")).limit(CHOICES + len(chosen)))
    return {str(row.id): str(row) for row in rows}


def as_results(choices: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """Return choices as the answer to a search."""
    return {"results": [{"id": key, "label": label} for key, label in choices.items()]}
# % if "uuid" in names


class UuidField(Field):
    """A UUID, entered as text."""

    widget = TextInput()

    def _value(self) -> str:
        return str(self.raw_data[0] if self.raw_data else self.data or "")

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = UUID(valuelist[0]) if valuelist and valuelist[0] else None
        except ValueError as error:
            raise ValueError("Not a valid UUID.") from error
# % endif
# % if "json" in names


class JsonField(TextAreaField):
    """Any JSON, entered as text."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else json.dumps(self.data, ensure_ascii=False, indent=2)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = json.loads(valuelist[0]) if valuelist and valuelist[0] else None
        except (ValueError, RecursionError) as error:
            raise ValueError("Not valid JSON.") from error
# % endif

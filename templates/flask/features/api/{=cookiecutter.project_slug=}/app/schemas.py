{%% set types = cookiecutter._apps | map(attribute="resources") | sum(start=[]) | map(attribute="fields") | sum(start=[]) | map(attribute="type") | list %%}
"""What all JSON has in common: how a body is read, camelCase, references, pages, problems."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import flask_smorest
from flask import Request
from marshmallow import Schema, ValidationError, fields
from marshmallow.validate import Range
from webargs.core import missing
from webargs.flaskparser import FlaskParser


class JsonParser(FlaskParser):
    """Answers 415 to a body of another type, which webargs would take for an empty one."""

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002
        return req.get_json() if req.get_data() else missing


class Blueprint(flask_smorest.Blueprint):
    """flask-smorest's blueprint with that parser."""

    ARGUMENTS_PARSER = JsonParser()


# % if "decimal" in types
def between(minimum: str, maximum: str) -> Callable[[Decimal], None]:
    """Like `Range`, whose limits would stand as numbers beside the string in OpenAPI."""

    def check(value: Decimal) -> None:
        if not Decimal(minimum) <= value <= Decimal(maximum):
            raise ValidationError(f"Must be between {minimum} and {maximum}.")

    return check


# % endif
# % if "email" in types or "url" in types
def or_empty(validator: Callable[[str], Any]) -> Callable[[str], Any]:
    """Let an empty text pass."""
    return lambda value: value and validator(value)


# % endif
def camelcase(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


class CamelCaseSchema(Schema):
    """snake_case in Python, camelCase outside."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.data_key = field_obj.data_key or camelcase(field_name)


class LabelledIdSchema(CamelCaseSchema):
    """Another row, by its id and the text that stands for it."""

    id = fields.Integer()
    label = fields.Function(str, metadata={"type": "string"})


class PaginationSchema(CamelCaseSchema):
    """The query of a list; a resource adds its search, filters and orderings."""

    page = fields.Integer(load_default=1, validate=Range(min=1))
    page_size = fields.Integer(load_default=20, validate=Range(min=1, max=100))


class PaginatedSchema(CamelCaseSchema):
    """The envelope of a list; a resource adds `results`."""

    count = fields.Integer()
    page = fields.Integer()
    page_size = fields.Integer()
    pages = fields.Integer()


class ProblemSchema(CamelCaseSchema):
    """An error: problem details after RFC 9457."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    errors = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))

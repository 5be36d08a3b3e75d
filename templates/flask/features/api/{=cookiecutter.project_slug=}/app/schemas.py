{%% set types = cookiecutter._apps | map(attribute="resources") | sum(start=[]) | map(attribute="fields") | sum(start=[]) | map(attribute="type") | list %%}
"""What all JSON has in common: how a body is read, camelCase, references, pages, problems."""

from collections.abc import Callable
from typing import Any

import flask_smorest
from flask import Request
from marshmallow import Schema, fields
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
def between(*limits: int | float, **options: Any) -> Callable[[Any], Any]:
    """Return `Range` as a function: apispec would write its limits, as text, into the document."""
    return Range(*limits, **options).__call__


# % endif
# % if "email" in types or "url" in types
def or_empty(validator: Callable[[str], Any]) -> Callable[[str], Any]:
    """Let an empty text pass."""
    return lambda value: value and validator(value)


# % endif
class CamelCaseSchema(Schema):
    """snake_case in Python, camelCase outside."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        first, *others = field_name.split("_")
        field_obj.data_key = field_obj.data_key or first + "".join(map(str.title, others))


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

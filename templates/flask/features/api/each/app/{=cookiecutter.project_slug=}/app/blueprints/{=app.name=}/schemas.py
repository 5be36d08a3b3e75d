{%% from "names.jinja" import class, function, import_function with context %%}
"""The JSON of {= app.title | lower =}."""

import datetime as dt

from flask_security import current_user
from marshmallow import ValidationError, fields, validates
from marshmallow.validate import URL, Email, Length, OneOf, Range, Regexp
from webargs.fields import DelimitedList

from app.schemas import CamelCaseSchema, LabelledIdSchema, PaginatedSchema, PaginationSchema, between, or_empty
# % for resource in app.resources
from app.blueprints.{= app.name =}.services import {= resource.snake | upper =}_ORDERINGS
# % for field in resource.fields if field.type == "enum"
from app.blueprints.{= app.name =}.models import {= resource.name =}{= field.class_name =}
# % endfor
# % for field in resource.inputs if field.target
# % if field.type == "ref"
{= import_function("find_" ~ field.target.snake, field.target, app, "services") =}
# % elif not field.target.private
{= import_function(field.target.plural ~ "_with_ids", field.target, app, "services") =}
# % else
{= import_function("find_" ~ field.target.snake, field.target, app, "services") =}
# % endif
# % endfor
# % endfor
# % for resource in app.resources
# % set prefix = class({"name": resource.name, "app": resource.app}, {"name": ""}) | trim


class {= prefix =}Schema(CamelCaseSchema):
    id = fields.Integer(dump_only=True)
    # % for field in resource.outputs
    # % set written = not (field.owner or field.readonly)
    # % if field.type == "ref"
    {= field.name =} = fields.Nested(LabelledIdSchema, dump_only=True{= ", allow_none=True" if field.null =})
    # % if written
    {= field.attribute =} = fields.Integer(strict=True, load_only=True, {= "required=True" if field.required else "allow_none=True, load_default=None" =})
    # % endif
    # % elif field.type == "m2m"
    {= field.name =} = fields.List(fields.Nested(LabelledIdSchema), dump_only=True)
    # % if written
    {= field.key =} = fields.List(fields.Integer(strict=True), load_only=True, {= "required=True, validate=Length(1, 100)" if field.required else "load_default=list, validate=Length(max=100)" =})
    # % endif
    # % else
    # % set first = [resource.name ~ field.class_name] if field.type == "enum" else []
    # % set presence = ["dump_only=True"] if not written else ["required=True"] if field.required else ["allow_none=True", "load_default=None"] if field.null else ["load_default=False"] if field.type == "bool" else ['load_default=""']
    # % set presence = presence + (["allow_none=True"] if not written and field.null else [])
    # % set bound = "10**%s" % (field.digits - field.places)
    # % set lower = field.minimum or (("-(%s)" % bound) if field.type == "decimal" else field.lowest)
    # % set upper = field.maximum or (bound if field.type == "decimal" else field.highest)
    # % set open = ([] if field.minimum else ["min_inclusive=False"]) + ([] if field.maximum else ["max_inclusive=False"]) if field.type == "decimal" else []
    # % set ends = [lower, upper] if lower and upper else (["min=" ~ lower] if lower else []) + (["max=" ~ upper] if upper else [])
    # % set limits = ["%s(%s)" % ("between" if field.type == "decimal" else "Range", (ends + open) | join(", "))] if ends else []
    # % set slug = (["Length(1, 200)"] if field.required else ["Length(max=200)"]) if field.type == "slug" else []
    # % set validators = (slug + field.validate + limits) if written else []
    # % set validate = ["validate=" ~ validators[0]] if validators | length == 1 else ["validate=[" ~ validators | join(", ") ~ "]"] if validators else []
    # % set extra = field.arguments if not (field.type == "url" and field.blank and not field.null) else []
    {= field.name =} = fields.{= "String" if field.type == "url" and field.blank else field.schema =}({= (first + extra + presence + validate) | join(", ") =})
    # % endif
    # % endfor
    created_at = fields.AwareDateTime(dump_only=True)
    updated_at = fields.AwareDateTime(dump_only=True)
    # % for field in resource.inputs if field.target
    {= "" =}
    @validates("{= field.key =}")
    # % set target = field.target
    # % set seen = ", current_user" if target.private else ""
    # % set find = function("find_" ~ target.snake, target, app) | trim
    # % if field.type == "ref"
    def check_{= field.name =}(self, value: int{= " | None" if field.null =}, data_key: str) -> None:  # noqa: ARG002
        if {= "value is not None and " if field.null =}{= find =}(value{= seen =}) is None:
            raise ValidationError(f"There is no {= target.label =} {value}.")
    # % elif target.private
    def check_{= field.name =}(self, value: list[int], data_key: str) -> None:  # noqa: ARG002
        for {= target.snake =}_id in value:
            if {= find =}({= target.snake =}_id, current_user) is None:
                raise ValidationError(f"There is no {= target.label =} {{= target.snake =}_id}.")
    # % else
    def check_{= field.name =}(self, value: list[int], data_key: str) -> None:  # noqa: ARG002
        if unknown := set(value) - {row.id for row in {= function(target.plural ~ "_with_ids", target, app) | trim =}(value)}:
            raise ValidationError(f"There is no {= target.label =} {min(unknown)}.")
    # % endif
    # % endfor


class {= prefix =}PageSchema(PaginatedSchema):
    results = fields.List(fields.Nested({= prefix =}Schema))


class {= prefix =}QuerySchema(PaginationSchema):
    # % if resource.searched
    search = fields.String(load_default="")
    # % endif
    ordering = DelimitedList(fields.String(validate=OneOf(list({= resource.snake | upper =}_ORDERINGS))))
    # % for field in resource.filters
    # % if field.type == "enum"
    {= field.name =} = fields.Enum({= resource.name =}{= field.class_name =}, by_value=True)
    # % elif field.type == "bool"
    {= field.name =} = fields.Boolean()
    # % else
    {= field.key[:-1] if field.type == "m2m" else field.attribute =} = fields.Integer()
    # % endif
    # % endfor
# % endfor

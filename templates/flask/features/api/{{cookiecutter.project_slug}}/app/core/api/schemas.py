"""The shapes of a model in JSON: read, written, changed, listed."""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, NotRequired

from flask import request
from pydantic import AfterValidator, ConfigDict, TypeAdapter, ValidationError, with_config
from pydantic_core import ErrorDetails, PydanticCustomError
from typing_extensions import TypedDict

from app.core.api.names import camel, pascal
from app.core.api.values import Moment, value_type
from app.core.errors import FieldError, ProblemError
from app.core.fields import AUTOMATIC, Field

CODES = {
    "missing": "required",
    "extra_forbidden": "unknown",
    "string_too_long": "max_length",
    "literal_error": "invalid_choice",
    "greater_than_equal": "min_value",
    "less_than_equal": "max_value",
}
OWN_CODES = {"invalid", "blank", "null"}
MESSAGES = {"required": "This is required.", "unknown": "There is no such field."}


class Reference(TypedDict):
    """A row of another resource."""

    id: int
    label: str


def read_schema(
    name: str, shown: Iterable[Field], computed: Mapping[str, Any]
) -> TypeAdapter[Any]:
    """What a client reads.

    Args:
        name: of the resource.
        shown: the fields.
        computed: further attributes, and their types.
    """
    types: dict[str, Any] = {"id": int}
    types |= {camel(field.name): _read_type(field) for field in shown}
    types |= {camel(attribute): kind for attribute, kind in computed.items()}
    types |= {camel(attribute): Moment for attribute in AUTOMATIC[1:]}
    return TypeAdapter(_typed_dict(pascal(name), types))


def write_schema(name: str, inputs: Iterable[Field], *, partial: bool) -> TypeAdapter[Any]:
    """What a client sends: a whole row, or what changes."""
    types = {}
    for field in inputs:
        kind = _write_type(field)
        types[camel(field.key)] = NotRequired[kind] if partial or not field.required else kind
    made = _typed_dict(pascal(name) + ("Patch" if partial else "Write"), types)
    return TypeAdapter(with_config(ConfigDict(extra="forbid"))(made))


def page_schema(name: str, row: TypeAdapter[Any]) -> TypeAdapter[Any]:
    """What a list of such rows answers."""
    types: dict[str, Any] = dict.fromkeys(("count", "page", "pageSize", "pages"), int)
    types["results"] = list[row._type]  # type: ignore[name-defined]  # known at run time alone
    return TypeAdapter(_typed_dict(f"{pascal(name)}Page", types))


def _typed_dict(name: str, types: dict[str, Any]) -> Any:
    return TypedDict(name, types)  # type: ignore[operator]  # mypy reads those of source code alone


def read_only(
    shown: Iterable[Field], computed: Iterable[str], inputs: Iterable[Field]
) -> frozenset[str]:
    """Keys that are read and not written; in a body they are ignored."""
    read = {name for field in shown for name in (field.name, field.key)}
    written = {field.key for field in inputs}
    return frozenset(map(camel, {*AUTOMATIC, *computed, *read} - written))


def read_body(schema: TypeAdapter[Any], ignored: frozenset[str] = frozenset()) -> Any:
    """Read and check the body of the request.

    Raises:
        ProblemError: it is not JSON (415), malformed (400) or not valid (422).
    """
    if request.mimetype != "application/json":
        raise ProblemError(415, "Send application/json.")
    try:
        data = json.loads(request.get_data(), parse_constant=_refuse)
        if isinstance(data, dict):
            data = {key: value for key, value in data.items() if key not in ignored}
        return schema.validate_python(data)
    except ValidationError as error:
        problems = [_explain(item) for item in error.errors(include_url=False)]
        raise ProblemError(422, "The data is not valid.", problems) from error
    except (ValueError, RecursionError) as error:
        raise ProblemError(400, "The body is not valid JSON.") from error


def _read_type(field: Field) -> Any:
    if field.many:
        return list[Reference]
    kind = Reference if field.target else value_type(field)
    return kind | None if field.nullable else kind


def _write_type(field: Field) -> Any:
    kind = value_type(field)
    if field.many:
        kind = list[kind]  # type: ignore[valid-type]  # known at run time alone
        return kind if field.blank else Annotated[kind, AfterValidator(_not_empty)]
    return kind | None if field.nullable else kind


def _not_empty(value: list[Any]) -> list[Any]:
    if not value:
        raise PydanticCustomError("blank", "At least one is needed.")
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _explain(error: ErrorDetails) -> FieldError:
    kind = error["type"]
    code = kind if kind in OWN_CODES else CODES.get(kind, "invalid")
    if len(error["loc"]) > 1:
        code = "invalid"  # something inside a list
    elif error["input"] is None and code not in {"required", "unknown"}:
        return FieldError(_place(error), "null", "This must not be null.")
    return FieldError(_place(error), code, MESSAGES.get(code, error["msg"]))


def _place(error: ErrorDetails) -> str:
    return str(error["loc"][0]) if error["loc"] else ""

"""The OpenAPI 3.1 document, made from the operations of all blueprints."""

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from typing_extensions import TypedDict

from app.core.api.blueprint import ApiBlueprint, Operation
from app.core.errors import PROBLEM

PREFIX = "/api/v1"
REFERENCE = "#/components/schemas/{model}"
SECURITY = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "session"},
}


class Mistake(TypedDict):
    """What is wrong with one field."""

    field: str
    code: str
    message: str


class Problem(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Mistake]


class PlainSchema(GenerateJsonSchema):
    """Schemas without titles: "Createdat" says less than the name it is made from."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave them out."""
        return False


def document(title: str, blueprints: Mapping[str, ApiBlueprint]) -> dict[str, Any]:
    """Describe the whole API.

    Args:
        title: the project's name.
        blueprints: by their place below the prefix.
    """
    schemas, definitions = _schemas(blueprints.values())
    paths: dict[str, dict[str, Any]] = {}
    for place, blueprint in blueprints.items():
        for operation in blueprint.operations:
            path, parameters = _path(f"{PREFIX}/{place}{operation.rule}")
            described = _operation(operation, place, schemas)
            described["parameters"] = [*parameters, *described["parameters"]]
            paths.setdefault(path, {})[operation.method] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "paths": paths,
        "components": {"schemas": definitions, "securitySchemes": SECURITY},
    }


def _schemas(blueprints: Iterable[ApiBlueprint]) -> tuple[dict[int, Any], dict[str, Any]]:
    """The schema of every adapter, by its id, and the named ones they share."""
    found: dict[int, tuple[int, str, TypeAdapter[Any]]] = {}
    for blueprint in blueprints:
        for operation in blueprint.operations:
            for adapter, mode in ((operation.body, "validation"), (operation.result, "serialization")):
                if adapter:
                    found[id(adapter)] = (id(adapter), mode, adapter)
    problem = TypeAdapter(Problem)
    inputs: Any = [*found.values(), (0, "serialization", problem)]
    schemas, rest = TypeAdapter.json_schemas(
        inputs, ref_template=REFERENCE, schema_generator=PlainSchema
    )
    return {key: schema for (key, _), schema in schemas.items()}, rest.get("$defs", {})


def _path(rule: str) -> tuple[str, list[dict[str, Any]]]:
    """A Flask rule as OpenAPI writes it, and its parameters."""
    names = re.findall(r"<int\(max=(\d+)\):(\w+)>", rule)
    parameters = [
        {"name": name, "in": "path", "required": True,
         "schema": {"type": "integer", "minimum": 0, "maximum": int(most)}}
        for most, name in names
    ]  # fmt: skip
    return re.sub(r"<[^:>]+:(\w+)>", r"{\1}", rule), parameters


def _operation(operation: Operation, place: str, schemas: Mapping[int, Any]) -> dict[str, Any]:
    responses: dict[str, Any] = {str(operation.status): _answer(operation, schemas)}
    for status in sorted(operation.errors):
        content = {PROBLEM: {"schema": schemas[0]}}
        responses[str(status)] = {"description": HTTPStatus(status).phrase, "content": content}
    described: dict[str, Any] = {
        "operationId": _operation_id(operation.name, place.replace("-", "_")),
        "summary": operation.summary.capitalize(),
        "tags": [place],
        "parameters": [
            {"name": name, "in": "query", "schema": adapter.json_schema()}
            for name, adapter in operation.query().items()
        ],
        "responses": responses,
    }
    if operation.body:
        content = {"application/json": {"schema": schemas[id(operation.body)]}}
        described["requestBody"] = {"required": True, "content": content}
    if operation.secured:
        described["security"] = [{name: []} for name in SECURITY]
    return described


def _operation_id(name: str, place: str) -> str:
    """What generated clients call their functions."""
    return name if name.startswith(f"{place}_") else f"{place}_{name}"


def _answer(operation: Operation, schemas: Mapping[int, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {"description": HTTPStatus(operation.status).phrase}
    if operation.result:
        content = {"application/json": {"schema": schemas[id(operation.result)]}}
        described["content"] = content
    return described

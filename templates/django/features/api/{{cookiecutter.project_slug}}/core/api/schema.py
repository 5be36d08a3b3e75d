"""How the OpenAPI document describes this API."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework.permissions import SAFE_METHODS

from core.api.naming import camel
from core.api.permissions import OwnerOrStaffWrites

PROBLEM = {"$ref": "#/components/responses/Problem"}
TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
FIELD_ERROR = {
    "type": "object",
    "required": ["field", "code", "message"],
    "properties": {"field": TEXT, "code": TEXT, "message": TEXT},
}
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": NUMBER,
        "detail": TEXT,
        "errors": {"type": "array", "items": FIELD_ERROR},
    },
}
STATUSES = {
    "get": ("400", "401", "404", "406", "429"),
    "post": ("400", "401", "403", "409", "415", "422", "429"),
    "put": ("400", "401", "403", "404", "409", "412", "415", "422", "429"),
    "patch": ("400", "401", "403", "404", "409", "412", "415", "422", "429"),
    "delete": ("401", "403", "404", "409", "412", "429"),
}


class Schema(AutoSchema):
    """Names the parts after app and resource, so that two apps never collide."""

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        """Name a part: `BlogPost`."""
        name = str(super().get_serializer_name(serializer, direction))
        top, _, rest = type(serializer).__module__.partition(".")
        app = rest.partition(".")[0] if top == "apps" else ""
        return "".join(word.capitalize() for word in app.split("_")) + name

    def get_auth(self) -> list[Any]:
        """Say how to sign in, and that reading needs no signing in."""
        rules = self.view.get_permissions()
        open_to_all = all(isinstance(rule, OwnerOrStaffWrites) for rule in rules)
        nothing: list[Any] = [{}] if open_to_all and self.method in SAFE_METHODS else []
        return nothing + super().get_auth()


def use_camel_case(result: Any, **context: Any) -> Any:
    """Name the properties as the serializers write them; answers hold all of them."""
    for name, schema in result.get("components", {}).get("schemas", {}).items():
        if "properties" in schema:
            schema["properties"] = {camel(k): v for k, v in schema["properties"].items()}
        if "required" in schema:
            schema["required"] = [camel(name) for name in schema["required"]]
        if "properties" in schema and not name.endswith("Request"):
            schema["required"] = sorted(schema["properties"])
    return result


def add_problems(result: Any, **context: Any) -> Any:
    """Describe the refusals of every operation."""
    parts = result.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    parts["responses"] = {"Problem": {"description": "What went wrong.", "content": content}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            for status in STATUSES.get(method, ()):
                operation["responses"].setdefault(status, PROBLEM)
    return result

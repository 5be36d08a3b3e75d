"""The JSON API: resources, their schemas and the OpenAPI document."""

from app.core.api.blueprint import ApiBlueprint
from app.core.api.query import Filter
from app.core.api.resources import Resource

__all__ = ["ApiBlueprint", "Filter", "Resource"]

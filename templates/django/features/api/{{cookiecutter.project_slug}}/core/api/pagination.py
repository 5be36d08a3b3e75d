"""Lists in pages: `?page=2&pageSize=50`."""

import math
from collections.abc import Sequence
from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from core.api.errors import QueryError

LARGEST = 100


class PageNumberPagination(BasePagination):
    """The envelope of every list: count, page, pageSize, pages, results."""

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any]:
        """Take the rows of the page that is asked for."""
        size = _number(request, "pageSize", api_settings.PAGE_SIZE or LARGEST, LARGEST)
        number = _number(request, "page", 1)
        count = queryset.count()
        pages = max(1, math.ceil(count / size))
        if number > pages:
            raise NotFound("There are not that many pages.")
        self.numbers = {"count": count, "page": number, "pageSize": size, "pages": pages}
        return list(queryset[(number - 1) * size : number * size])

    def get_paginated_response(self, data: Any) -> Response:
        """Put the rows into the envelope."""
        return Response({**self.numbers, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the envelope."""
        numbers: dict[str, Any] = {
            name: {"type": "integer"} for name in ("count", "page", "pageSize", "pages")
        }
        return {
            "type": "object",
            "required": [*numbers, "results"],
            "properties": {**numbers, "results": schema},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Describe the query parameters."""
        size = {"maximum": LARGEST, "default": api_settings.PAGE_SIZE}
        return [
            _parameter("page", "Number of the page.", {"default": 1}),
            _parameter("pageSize", "Rows per page.", size),
        ]


def _parameter(name: str, text: str, more: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, **more}
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema}


def _number(request: Request, name: str, default: int, largest: int | None = None) -> int:
    values: Sequence[str] = request.query_params.getlist(name) or [str(default)]
    text = values[-1]
    digits = text.isascii() and text.isdecimal() and len(text) < 4300  # noqa: PLR2004 - no number of ours
    if digits and int(text) > 0 and (largest is None or int(text) <= largest):
        return int(text)
    limit = f" to {largest}" if largest else " up"
    raise QueryError({name: [f"A whole number from 1{limit} is needed."]}, code="invalid")

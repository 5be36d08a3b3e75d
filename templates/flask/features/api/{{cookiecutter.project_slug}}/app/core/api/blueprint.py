"""A blueprint whose endpoints document themselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response
from flask.views import MethodView
from pydantic import TypeAdapter
from werkzeug.exceptions import Unauthorized

from app.core.api.answers import answer
from app.core.api.schemas import read_body
from app.core.auth import current_user


@dataclass(frozen=True)
class Operation:
    """One method of one path, as the OpenAPI document shows it.

    Args:
        method: `get`, `post` …
        rule: the path below the blueprint, as Flask writes it.
        name: unique in the blueprint.
        summary: one line.
        body: what is sent.
        result: what is answered.
        status: of the answer.
        secured: whether it needs an account.
        errors: statuses of problems.
        query: names that the query may hold.
    """

    method: str
    rule: str
    name: str
    summary: str
    body: TypeAdapter[Any] | None = None
    result: TypeAdapter[Any] | None = None
    status: int = 200
    secured: bool = False
    errors: tuple[int, ...] = ()
    query: Callable[[], Mapping[str, TypeAdapter[Any]]] = field(default=dict)


class ApiBlueprint(Blueprint):
    """The endpoints of one blueprint, mounted below `/api/v1/`."""

    def __init__(self, name: str, import_name: str) -> None:
        super().__init__(f"{name}-api", import_name)
        self.operations: list[Operation] = []

    def operation(self, operation: Operation) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Make a function an endpoint: it gets the checked body and returns the answer's value."""

        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            def endpoint(**values: Any) -> Response:
                if operation.secured and current_user() is None:
                    raise Unauthorized
                if operation.body:
                    values["body"] = read_body(operation.body)
                response = answer(view(**values), operation.status)
                response.headers["Cache-Control"] = "no-store"
                return response

            self.operations.append(operation)
            self.add_url_rule(
                operation.rule, operation.name, endpoint, methods=[operation.method.upper()]
            )
            return view

        return decorate

    def add_views(self, rule: str, view: type[MethodView], resource: Any) -> None:
        """Mount a class-based view of a resource."""
        name = f"{resource.name}_{view.__name__.lower()}"
        self.add_url_rule(rule, view_func=view.as_view(name, resource))

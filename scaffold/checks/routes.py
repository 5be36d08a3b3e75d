"""The routes of Flask: which function answers, on which blueprint or application."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scaffold.checks.module import Module, Place, argument, dotted, keyword, string

if TYPE_CHECKING:
    from scaffold.checks.project import Project

METHODS = {"route", "get", "post", "put", "patch", "delete"}


@dataclass(frozen=True)
class Route:
    """A route that a decorator makes.

    Args:
        module: where it stands.
        node: the function or class that answers.
        place: what stands around it.
        owner: the full name of the blueprint or application.
        endpoint: what `url_for` calls it, without the blueprint.
        line: of the decorator.
    """

    module: Module
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    place: Place
    owner: str
    endpoint: str
    line: int

    @property
    def symbol(self) -> str:
        """The name of what answers, within the module."""
        return self.place.within(self.node.name)


def find_routes(project: "Project") -> Iterator[Route]:
    """Yield the routes of an application that uses Flask."""
    if not project.uses("flask"):
        return
    for module in project.modules_with("@"):
        definitions = [*module.index.functions, *module.index.classes]
        for node, place in definitions:
            for decorator in node.decorator_list:
                if owner := _owner(decorator):
                    name = _endpoint(decorator) or node.name
                    full = project.origin(module.qualified(owner))
                    yield Route(module, node, place, full, name, decorator.lineno)


def _endpoint(decorator: ast.expr) -> str:
    return string(keyword(decorator, "endpoint")) if isinstance(decorator, ast.Call) else ""


def _owner(decorator: ast.expr) -> ast.expr | None:
    """Return the blueprint or application of a decorator with an address, `@blog.get("/")`."""
    if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Attribute):
        return None
    rule = string(argument(decorator, 0, "rule"))
    known = decorator.func.attr in METHODS and (rule.startswith("/") or rule == "")
    return decorator.func.value if known and dotted(decorator.func.value) else None

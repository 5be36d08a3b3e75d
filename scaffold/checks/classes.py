"""The classes of a project, and which of them are models."""

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scaffold.checks.module import Module, Place, string, targets

if TYPE_CHECKING:
    from scaffold.checks.project import Project

DJANGO_BASES = {"Model", "AbstractUser", "AbstractBaseUser", "MPTTModel", "Page"}


@dataclass(frozen=True)
class Class:
    """A class.

    Args:
        name: its full name.
        module: where it is defined.
        node: its definition.
        place: what stands around it.
        bases: the full names of its bases.
    """

    name: str
    module: Module
    node: ast.ClassDef
    place: Place
    bases: tuple[str, ...]

    @property
    def symbol(self) -> str:
        """Its name within the module."""
        return self.place.within(self.node.name)

    def value(self, name: str) -> ast.expr | None:
        """Return what its body assigns to a name."""
        return _assigned(self.node.body, name)

    def meta(self, name: str) -> ast.expr | None:
        """Return what its inner class `Meta` assigns to a name."""
        for statement in self.node.body:
            if isinstance(statement, ast.ClassDef) and statement.name == "Meta":
                return _assigned(statement.body, name)
        return None


class Classes:
    """Every class of an application by its full name."""

    def __init__(self, project: "Project") -> None:
        self._project = project

    @cached_property
    def by_name(self) -> dict[str, Class]:
        """The classes outside of functions, but for those of type checkers."""
        return {
            found.name: found
            for module in self._project.modules
            for node, place in module.index.classes
            if not place.in_function and not place.type_checking
            for found in [self._class(module, node, place)]
        }

    @cached_property
    def django(self) -> dict[str, Class]:
        """The models of Django, abstract ones too."""
        if not self._project.uses("django"):
            return {}
        return self._descendants(self._is_django_root)

    @cached_property
    def django_tables(self) -> list[Class]:
        """The models of Django that have a table of their own."""
        return [
            one
            for one in self.django.values()
            if not any(_is_true(one.meta(name)) for name in ("abstract", "proxy", "swapped"))
        ]

    @cached_property
    def sqlalchemy_tables(self) -> list[Class]:
        """The models of SQLAlchemy that have a table."""
        found = self._descendants(_is_sqlalchemy_root)
        return [
            one
            for name, one in found.items()
            if name not in self.django and not _is_true(one.value("__abstract__"))
        ]

    def _is_django_root(self, one: Class) -> bool:
        """Return whether a class inherits from a model of Django or of a library."""
        for base in one.bases:
            module, _, name = base.rpartition(".")
            known = name in DJANGO_BASES or name.endswith("Model")
            if module.endswith("models") and known and self._project.module(module) is None:
                return True
        return False

    def _class(self, module: Module, node: ast.ClassDef, place: Place) -> Class:
        bases = tuple(self._project.origin(module.qualified(_plain(base))) for base in node.bases)
        return Class(f"{module.name}.{place.within(node.name)}", module, node, place, bases)

    def _descendants(self, is_root: Callable[[Class], bool]) -> dict[str, Class]:
        """Return the classes that are roots, and all that inherit from them."""
        heirs: dict[str, list[Class]] = {}
        for one in self.by_name.values():
            for base in one.bases:
                heirs.setdefault(base, []).append(one)
        found: dict[str, Class] = {}
        pending = [one for one in self.by_name.values() if is_root(one)]
        while pending:
            one = pending.pop()
            if one.name not in found:
                found[one.name] = one
                pending.extend(heirs.get(one.name, ()))
        return {name: one for name, one in self.by_name.items() if name in found}


def _is_sqlalchemy_root(one: Class) -> bool:
    if string(one.value("__tablename__")) or one.value("__table__") is not None:
        return True
    return any(
        base.endswith(".Model") and not base.endswith("models.Model") and ".db." in f".{base}"
        for base in one.bases
    )


def _plain(base: ast.expr) -> ast.expr:
    """Return a base without its type arguments."""
    return base.value if isinstance(base, ast.Subscript) else base


def _assigned(body: Iterable[ast.stmt], name: str) -> ast.expr | None:
    for statement in body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and name in targets(statement):
            return statement.value
    return None


def _is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True

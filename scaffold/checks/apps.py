"""The apps of a project: Django's, and the packages of Flask's blueprints."""

import ast
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scaffold.checks.module import Module, argument, string, targets

if TYPE_CHECKING:
    from scaffold.checks.project import Project


@dataclass(frozen=True)
class App:
    """A part of an application that is a package of its own.

    Args:
        name: its name as it is imported.
        folder: its directory.
        framework: django or flask.
        modules: its Python files, without tests and migrations.
    """

    name: str
    folder: str
    framework: str
    modules: tuple[Module, ...]

    @property
    def label(self) -> str:
        """The last part of its name."""
        return self.name.rpartition(".")[2]

    @property
    def path(self) -> str:
        """The file that stands for it in a report."""
        return f"{self.folder}/__init__.py"


@dataclass(frozen=True)
class Blueprint:
    """A blueprint that is assigned to a name at the top of a module.

    Args:
        name: the full name of the variable.
        label: what the blueprint is called; empty where that is not a literal.
        module: where it stands.
        line: in that file.
        symbol: the variable's name in the module.
    """

    name: str
    label: str
    module: Module
    line: int
    symbol: str


def find_apps(project: "Project") -> list[App]:
    """Return the apps of a project, by their folders."""
    kinds = {**_flask_folders(project), **_django_folders(project)}
    owned: dict[str, list[Module]] = defaultdict(list)
    for module in project.modules:
        if folder := nearest(module.path, kinds):
            owned[folder].append(module)
    return [
        App(project.package_name(folder), folder, kinds[folder], tuple(owned[folder]))
        for folder in sorted(owned)
    ]


def find_blueprints(project: "Project") -> list[Blueprint]:
    """Return the blueprints of the modules."""
    return [
        Blueprint(f"{module.name}.{name}", _label(node.value), module, node.lineno, name)
        for module in project.modules_with("Blueprint")
        for node, place in module.index.assigns
        if not place.symbol and is_blueprint(module, node.value)
        for name in targets(node)
    ]


def is_blueprint(module: Module, node: ast.AST | None) -> bool:
    """Return whether an expression makes a blueprint."""
    if not isinstance(node, ast.Call):
        return False
    name = module.qualified(node.func)
    return name.endswith(".Blueprint")


def is_flask(module: Module, node: ast.AST | None) -> bool:
    """Return whether an expression makes an application of Flask."""
    return isinstance(node, ast.Call) and module.qualified(node.func) in (
        "flask.Flask",
        "flask.app.Flask",
    )


def nearest(path: str, folders: Mapping[str, str]) -> str:
    """Return the innermost of some folders that a file is in; empty where it is in none."""
    folder = path.rpartition("/")[0]
    while folder and folder not in folders:
        folder = folder.rpartition("/")[0]
    return folder


def _label(node: ast.expr | None) -> str:
    return string(argument(node, 0, "name")) if isinstance(node, ast.Call) else ""


def _django_folders(project: "Project") -> dict[str, str]:
    """Return packages with an AppConfig or with models of Django."""
    found = {
        one.module.path.rpartition("/")[0]
        for one in project.classes.by_name.values()
        if any(base.endswith("AppConfig") for base in one.bases)
    }
    for one in project.classes.django.values():
        folder, _, name = one.module.path.rpartition("/")
        if folder.rpartition("/")[2] == "models":
            folder = folder.rpartition("/")[0]
        if name == "models.py" or folder != one.module.path.rpartition("/")[0]:
            found.add(folder)
    return {folder: "django" for folder in found if folder}


def _flask_folders(project: "Project") -> dict[str, str]:
    """Return packages with a blueprint, but for the one that makes the application."""
    factories = {
        module.path.rpartition("/")[0]
        for module in project.modules_with("Flask")
        for call, _ in module.index.calls
        if is_flask(module, call)
    }
    found = {one.module.path.rpartition("/")[0] for one in project.blueprints}
    return {folder: "flask" for folder in found - factories if folder}

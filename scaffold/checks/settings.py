"""The settings of a Django project, as far as they are literal."""

import ast
import re
from collections.abc import Iterator

from scaffold.checks.module import Module, targets
from scaffold.checks.project import Project

PRODUCTION = {"production", "prod", "live"}
OVERRIDES = ("local", "dev", "override", "custom")


def settings_modules(project: Project) -> list[Module]:
    """Return the modules that assign INSTALLED_APPS, and those beside them in their package."""
    found = [module for module in project.modules if _assigned(module, "INSTALLED_APPS")]
    packages = {
        module.path.rpartition("/")[0] for module in found if "settings" in module.path.split("/")
    }
    beside = [
        module
        for module in project.modules
        if module not in found
        if any(module.path.startswith(f"{package}/") for package in packages)
    ]
    return found + beside


def settings_roots(project: Project) -> list[Module]:
    """Return the modules that name the root of all addresses."""
    return [module for module in project.modules if _assigned(module, "ROOT_URLCONF")]


def project_package(module: Module) -> str:
    """Return the folder of the project's own package, which settings are in."""
    return re.sub(r"/settings$", "", module.path.rpartition("/")[0])


def installed_apps(project: Project) -> set[str]:
    """Return every string that may name an installed app; empty where there are no settings."""
    modules = settings_modules(project)
    if not any(_assigned(module, "INSTALLED_APPS") for module in modules):
        return set()
    return {str(one.value) for module in modules for one in module.index.strings if one.value}


def production_modules(project: Project) -> Iterator[Module]:
    """Yield the settings of production: modules called so, or the only ones there are."""
    modules = settings_modules(project)
    named = [module for module in modules if module.stem in PRODUCTION]
    yield from named
    whole = settings_roots(project)
    if not named and len(whole) == len(modules) == 1 and not _is_overridden(whole[0], project):
        yield from whole


def _assigned(module: Module, name: str) -> bool:
    return name in module.text and any(
        not place.in_function and not place.in_class and name in targets(node)
        for node, place in module.index.assigns
    )


def _is_overridden(module: Module, project: Project) -> bool:
    """Return whether other settings are read on top of a module, or in place of it."""
    if any(
        one.target.endswith(".*") and any(word in one.target for word in OVERRIDES)
        for one in module.index.imports
    ):
        return True
    star = f"{module.name}.*"
    return any(one.target == star for other in project.modules for one in other.index.imports)


def literal(module: Module, name: str) -> Iterator[tuple[int, object]]:
    """Yield the line and the value of each literal that a module assigns to a name at the top."""
    for node, place in module.index.assigns:
        at_top = node in module.tree.body and not place.in_function
        if at_top and name in targets(node) and isinstance(node.value, ast.Constant):
            yield node.lineno, node.value.value

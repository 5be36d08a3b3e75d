"""Finds blueprints and extensions by folder and fixed file name; no list names one."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType

from flask import Flask, request

from app import blueprints, extensions
from app.core.navigation import NavigationEntry, Section, nearby

PLACES = {"for_visitors": "FOR_VISITORS", "for_members": "FOR_MEMBERS"}


def modules(kind: str) -> dict[str, ModuleType]:
    """Import `<kind>.py` of every blueprint that has one, by the blueprint's name."""
    names = sorted(info.name for info in iter_modules(blueprints.__path__) if info.ispkg)
    paths = {name: f"{blueprints.__name__}.{name}.{kind}" for name in names}
    return {name: import_module(path) for name, path in paths.items() if find_spec(path)}


def blueprint_of(part: type[object]) -> str:
    """The name of the blueprint that a class belongs to."""
    return part.__module__.removeprefix(f"{blueprints.__name__}.").partition(".")[0]


def sections(app: Flask, place: str) -> list[Section]:
    """What the blueprints' `views.py` offer for a place of the navigation."""
    found = []
    for name, module in modules("views").items():
        offered: tuple[NavigationEntry, ...] = vars(module).get(place, ())
        shown = tuple(entry for entry in offered if not entry.setting or app.config[entry.setting])
        if shown:
            found.append(Section(name, name.replace("_", " ").capitalize(), shown))
    return found


def add_navigation(app: Flask) -> None:
    """Tell all templates which links there are."""
    known = app.jinja_env.globals
    for name, place in PLACES.items():
        known[name] = [entry for section in sections(app, place) for entry in section.entries]
    everything = sections(app, "NAVIGATION")
    known["sections"] = everything
    known["navigation"] = lambda: nearby(everything, request.blueprint)


def init_app(app: Flask) -> None:
    """Mount everything: models first, so that relationships find each other."""
    modules("models")
    for module in modules("setup").values():
        module.init_app(app)
    for info in sorted(iter_modules(extensions.__path__), key=lambda info: info.name):
        import_module(f"{extensions.__name__}.{info.name}").init_app(app)
    for module in modules("views").values():
        app.register_blueprint(module.blueprint)
    for module in modules("cli").values():
        app.cli.add_command(module.command)
    add_navigation(app)

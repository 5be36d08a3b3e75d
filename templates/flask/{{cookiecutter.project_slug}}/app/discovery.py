"""Finds blueprints and extensions by folder and fixed file name; no list names one."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType

from flask import Flask

from app import blueprints, extensions
from app.core.navigation import NavigationEntry

PLACES = {"navigation": "NAVIGATION", "for_visitors": "FOR_VISITORS", "for_members": "FOR_MEMBERS"}


def modules(kind: str) -> dict[str, ModuleType]:
    """Import `<kind>.py` of every blueprint that has one, by the blueprint's name."""
    names = sorted(info.name for info in iter_modules(blueprints.__path__) if info.ispkg)
    paths = {name: f"{blueprints.__name__}.{name}.{kind}" for name in names}
    return {name: import_module(path) for name, path in paths.items() if find_spec(path)}


def entries(app: Flask, place: str) -> list[NavigationEntry]:
    """What the blueprints' `views.py` offer for a place of the navigation."""
    offered = [
        entry for module in modules("views").values() for entry in vars(module).get(place, ())
    ]
    return [entry for entry in offered if not entry.setting or app.config[entry.setting]]


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
    for name, place in PLACES.items():
        app.jinja_env.globals[name] = entries(app, place)

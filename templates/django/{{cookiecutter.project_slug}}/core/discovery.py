"""The apps of this project: folders that are found, never listed."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import ClassVar

from django.apps import AppConfig, apps
from django.urls import URLResolver, include, path


class ProjectAppConfig(AppConfig):
    """An app: a folder of `apps/`, found by its `apps.py`.

    Attributes:
        prefix: the first part of its paths.
        api_prefix: the same for its API, where it differs.
        samples: whether `manage.py seed` fills its tables.
    """

    prefix: ClassVar[str]
    api_prefix: ClassVar[str] = ""
    samples: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        cls.default = True  # an `apps.py` also holds this class, by import


def project_apps() -> list[ProjectAppConfig]:
    """List the apps of this project."""
    return [config for config in apps.get_app_configs() if isinstance(config, ProjectAppConfig)]


def mounted(module: str) -> Iterator[URLResolver]:
    """Mount a URL module of each app that has one, below the app's prefix.

    Args:
        module: its dotted path inside the app, "urls" or "api.urls".
    """
    for app in project_apps():
        if has_module(app, module):
            of_api = module.startswith("api.")
            prefix = app.api_prefix if of_api and app.api_prefix else app.prefix
            yield path(f"{prefix}/", include(f"{app.name}.{module}"))


def has_module(app: ProjectAppConfig, module: str) -> bool:
    """Tell whether an app has a module."""
    try:
        return find_spec(f"{app.name}.{module}") is not None
    except ModuleNotFoundError:  # not even the package it would be in
        return False

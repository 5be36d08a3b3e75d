"""Settings: every upper-case name of every module in this folder, read from the environment."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from environs import EnvError
from flask import Flask

from app.settings.environment import SettingsError

__all__ = ["SettingsError", "load"]


def load(app: Flask, overrides: Mapping[str, Any]) -> None:
    """Fill `app.config` from the modules of this folder, then from `overrides`.

    Raises:
        SettingsError: a setting is missing or has no valid value.
    """
    for name in sorted(info.name for info in iter_modules([str(Path(__file__).parent)])):
        try:
            app.config.from_object(import_module(f"{__name__}.{name}"))
        except EnvError as error:
            raise SettingsError(f"{error}. Set it in the environment or in .env.") from error
    app.config.from_mapping(overrides)

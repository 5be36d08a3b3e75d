"""Which environment this is, and how settings read its variables."""

import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]

NAME = os.environ.get("DJANGO_SETTINGS_MODULE", "").rpartition(".")[2]
DEVELOPMENT = NAME == "development"
TESTING = NAME == "test"
PRODUCTION = not (DEVELOPMENT or TESTING)


def refuse(name: str) -> NoReturn:
    """End the process, in one line, over a variable that is missing or has no valid value."""
    missing = f"error: {name} is missing or has no valid value."
    sys.stderr.write(f"{missing} Set it in the environment or in .env.\n")
    sys.exit(3)  # gunicorn gives up; after any other number it would try again without end


class Env(environ.Env):  # type: ignore[misc]  # it has no types
    """Reads variables, and names the one that cannot be read."""

    def get_value(self, var: str, *args: Any, **options: Any) -> Any:
        """Read a variable."""
        try:
            return super().get_value(var, *args, **options)
        except (ImproperlyConfigured, ValueError):
            refuse(var)


env = Env()
if TESTING:  # whatever the shell has set, tests see what is meant for them
    env.ENVIRON = {name: value for name, value in os.environ.items() if name.startswith("TEST_")}
else:
    env.read_env(ROOT / ".env")


def required(name: str, *, otherwise: str) -> str:
    """Read a variable that production cannot do without; empty it is good for nothing.

    Args:
        name: the variable.
        otherwise: what development and tests use where it is missing; where that is empty, the
            variable may be.
    """
    value = str(env.str(name) if PRODUCTION else env.str(name, default=otherwise))
    unfit = otherwise and value in {"", "generate-me"}  # the latter stands in .env.example
    return refuse(name) if unfit else value

"""Which environment this is, and how settings read its variables."""

import os
from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[2]

NAME = os.environ.get("DJANGO_SETTINGS_MODULE", "").rpartition(".")[2]
DEVELOPMENT = NAME == "development"
TESTING = NAME == "test"
PRODUCTION = not (DEVELOPMENT or TESTING)

env = environ.Env()
if not TESTING:
    env.read_env(ROOT / ".env")


def required(name: str, *, otherwise: str) -> str:
    """Read a variable that production cannot do without.

    Args:
        name: the variable.
        otherwise: what development and tests use where it is missing.
    """
    return str(env.str(name) if PRODUCTION else env.str(name, default=otherwise))

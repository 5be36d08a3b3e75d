"""The reader of the environment that every settings module uses."""

import os
from pathlib import Path

from environs import Env

ROOT = Path(__file__).parents[2]


class SettingsError(Exception):
    """A setting is missing or has no valid value."""


env = Env()
env.read_env(os.environ.get("ENV_FILE", str(ROOT / ".env")), recurse=False)

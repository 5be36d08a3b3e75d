"""The reader of the environment that every settings module uses."""

import os
from pathlib import Path

from environs import Env, ValidationError, validate
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).parents[2]


class SettingsError(Exception):
    """A setting is missing or has no valid value."""


is_given = validate.NoneOf(["", "generate-me"], error="It holds no secret.")


def is_database(url: str) -> None:
    """Refuse what is no URL of a database.

    Raises:
        ValidationError: it is misspelled, or no driver is known for it.
    """
    try:
        make_url(url).get_dialect()
    except ArgumentError as error:
        raise ValidationError("It begins with sqlite:// or postgresql://.") from error


env = Env()
env.read_env(os.environ.get("ENV_FILE", str(ROOT / ".env")), recurse=False)

"""Values for the variables of a cookiecutter template: `-d` and data files, as typed."""

import json
from collections.abc import Mapping
from typing import Any

from scaffold.errors import UsageError
from scaffold.inputs.tables import read_table

SOURCES = ("data", "data_file")
REPLAY = "cookiecutter"  # the table that a replay file holds


def read_template_values(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the values for a template, and the context of a replay file.

    Args:
        given: the options of the command line by name.

    Returns:
        The values by variable; and where a data file is one that cookiecutter wrote for its
        `--replay-file`, what that holds.

    Raises:
        UsageError: an option is only for packs, or a file cannot be read.
    """
    for key, value in given.items():
        if value and key not in SOURCES:
            flag = f"--{key.replace('_', '-')}"
            raise UsageError(
                f"{flag} goes with a pack; a cookiecutter template has variables of its own",
                "-d VARIABLE=VALUE sets one; scaffold info SOURCE lists them",
            )
    values: dict[str, Any] = {}
    replay: dict[str, Any] = {}
    for name in given.get("data_file") or ():
        table = read_table(name)
        found = table.get(REPLAY)
        if isinstance(found, dict):
            replay = found
        else:
            values |= table
    for text in given.get("data") or ():
        key, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"-d {text} has no value", f"write -d {text}=VALUE")
        values[key.strip()] = _table(value)
    if replay and values:
        raise UsageError(
            "a replay file and other values exclude each other", "change the replay file"
        )
    return values, replay


def _table(value: str) -> Any:  # noqa: ANN401 - a text, or a table written as JSON
    if value.startswith("{") and value.endswith("}"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value

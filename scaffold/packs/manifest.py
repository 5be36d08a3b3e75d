"""A manifest on disk as plain values, with its faults said in one line."""

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from scaffold.errors import Exit, ScaffoldError
from scaffold.suggest import nearest

Shape = Mapping[str, type]
WORDS = {str: "text", bool: "true or false", list: "a list of texts", dict: "a table",
         int: "a whole number", float: "a number"}  # fmt: skip


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        ScaffoldError: there is none.
    """
    return _read(path, json.loads)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; one that does not exist holds nothing.

    Raises:
        ScaffoldError: it is no TOML.
    """
    return _read(path, tomllib.loads) if path.exists() else {}


def expect(values: Mapping[str, Any], shape: Shape, where: str) -> None:
    """Check keys and types against a shape; a list must hold texts.

    Raises:
        ScaffoldError: a key is unknown or a value has another type; the message names both.
    """
    for key, value in values.items():
        if key not in shape:
            raise ScaffoldError(f"{where}: unknown key {key}", nearest(key, shape), Exit.BUG)
        texts = not isinstance(value, list) or all(isinstance(item, str) for item in value)
        kind = (int, float) if shape[key] is float else shape[key]
        if not isinstance(value, kind) or not texts:
            raise ScaffoldError(f"{where}: {key} must be {WORDS[shape[key]]}", code=Exit.BUG)


def _read(path: Path, parse: Callable[[str], Any]) -> dict[str, Any]:
    try:
        content = parse(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ScaffoldError(f"{path} cannot be read: {reason}", code=Exit.BUG) from None
    if not isinstance(content, dict):
        raise ScaffoldError(f"{path} holds no table of keys and values", code=Exit.BUG)
    return content

"""A manifest on disk as plain values; its faults are named by file and line."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scaffold.errors import PackError, did_you_mean
from scaffold.packs.pack_files import MANIFEST_BYTES, PackFiles

Shape = Mapping[str, type]
WORDS = {
    str: "text",
    bool: "true or false",
    list: "a list of strings",
    dict: "a table",
    int: "a whole number",
    float: "a number",
}
DOTS = 200  # in one line: tomllib's time grows with the square of a key's length


class ManifestError(Exception):
    """What is wrong in a manifest.

    Args:
        message: one line.
        hint: what to write instead; may be empty.
        keys: the keys that lead to the place.
    """

    def __init__(self, message: str, hint: str = "", keys: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.keys = keys


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Name the file and the line of a fault found in what was read from a manifest.

    Raises:
        PackError: there was one.
    """
    try:
        yield
    except ManifestError as fault:
        line = _line(path, fault.keys)
        raise PackError(path, fault.message, fault.hint, line) from None


def read_json(path: Path, files: PackFiles) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        PackError: there is none.
    """
    return _read(path, files, json.loads)


def read_toml(path: Path, files: PackFiles) -> dict[str, Any]:
    """Read a TOML file; one that does not exist holds nothing.

    Raises:
        PackError: it is no TOML.
    """
    return _read(path, files, _toml) if path.exists() or path.is_symlink() else {}


def expect(values: Mapping[str, Any], shape: Shape, where: str = "") -> None:
    """Check keys and types against a shape; a list must hold texts.

    Args:
        values: what was read.
        shape: the type of each key.
        where: what the message begins with.

    Raises:
        ManifestError: a key is unknown or a value has another type; the message names both.
    """
    begin = f"{where}: " if where else ""
    for key, value in values.items():
        if key not in shape:
            raise ManifestError(f"{begin}unknown key {key}", did_you_mean(key, shape), (key,))
        texts = not isinstance(value, list) or all(isinstance(item, str) for item in value)
        kind = (int, float) if shape[key] is float else shape[key]
        if not isinstance(value, kind) or not texts:
            raise ManifestError(f"{begin}{key} must be {WORDS[shape[key]]}", keys=(key,))


def _read(path: Path, files: PackFiles, parse: Callable[[str], Any]) -> dict[str, Any]:
    content = files.read(path, MANIFEST_BYTES)
    try:
        values = parse(content.decode())
    except json.JSONDecodeError as error:
        raise PackError(path, f"is not JSON: {error.msg}", line=error.lineno) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at line (\d+), column \d+\)", str(error))
        reason = str(error).replace(found[0], "") if found else str(error)
        line = int(found[1]) if found else content.count(b"\n") + 1
        raise PackError(path, f"is not TOML: {reason}", line=line) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PackError(path, "is not UTF-8 text", line=line) from None
    except (ValueError, RecursionError) as error:
        raise PackError(path, f"cannot be read: {error}") from None
    if not isinstance(values, dict):
        raise PackError(path, "holds no table of keys and values")
    return values


def _toml(text: str) -> dict[str, Any]:
    for line in text.split("\n"):
        if line.count(".") > DOTS:
            raise ValueError(f"a line with more than {DOTS} dots")
    return tomllib.loads(text)


def _line(path: Path, keys: tuple[str, ...]) -> int:
    """Return the line in which the last of some nested keys stands; 0 where it is not found."""
    text = path.read_text("utf-8") if path.exists() else ""
    position = found = 0
    for key in keys:
        pattern = rf"(?<![\w-]){re.escape(key)}(?![\w-])[\"']?\s*[=:.,\]}}]"
        match = re.compile(pattern).search(text, position)
        if match:
            position, found = match.end() - 1, text.count("\n", 0, match.start()) + 1
    return found

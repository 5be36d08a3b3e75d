"""Tables of keys and values in TOML or JSON: data files, presets."""

import codecs
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from scaffold.errors import UsageError


def read_table(name: str) -> dict[str, Any]:
    """Read a file in TOML or JSON; `-` is standard input.

    Raises:
        UsageError: it cannot be read, or holds no table.
    """
    return parse_table(_read(name), name)


def parse_table(text: str, place: str) -> dict[str, Any]:
    """Parse TOML or JSON.

    Args:
        text: what was read.
        place: what an error calls it.

    Raises:
        UsageError: it is neither, or holds no table.
    """
    try:
        values = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place} is neither TOML nor JSON: {error}") from None
    if not isinstance(values, dict):
        raise UsageError(f"{place} has no table of keys and values")
    return values


def decoded(content: bytes) -> str:
    """Decode UTF-8, or UTF-16 with a byte order mark, as some editors and shells write it."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if marked else "utf-8-sig")


def _read(place: str) -> str:
    try:
        return decoded(sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes())
    except OSError as error:
        raise UsageError(f"{place} cannot be read: {error.strerror}") from None
    except ValueError:
        raise UsageError(f"{place} cannot be read: it is not text in UTF-8") from None

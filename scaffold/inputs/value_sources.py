"""Values from outside the wizard: `-d`, data files, presets, the environment."""

import codecs
import json
import os
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scaffold.errors import ScaffoldError, UsageError, did_you_mean
from scaffold.inputs.resolve import known_keys, validate_values

PREFIX = "SCAFFOLD_"
PRESETS = Path(__file__).parent / "presets"
TIMEOUT = 10  # seconds for a preset that comes over the network


def parse_pairs(texts: Sequence[str]) -> dict[str, Any]:
    """Read `-d KEY=VALUE`.

    Raises:
        UsageError: a text has no equals sign, or its key is unknown.
    """
    values: dict[str, str] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"-d {text} has no value", f"write -d {text}=VALUE")
        values[key.strip()] = value
    return validate_values(values, "-d")


def load_file(place: str) -> dict[str, Any]:
    """Read a data file in TOML or JSON; `-` is standard input.

    Raises:
        UsageError: it cannot be read, or holds an unknown key.
    """
    return validate_values(_parse(_read(place), place), place)


def load_preset(place: str) -> dict[str, Any]:
    """Read a preset: a built-in one, a file, or an https address.

    A preset holds the keys of a data file, or a table `values` of them.

    Raises:
        UsageError: there is no such preset, or it holds an unknown key.
        ScaffoldError: the address gives nothing.
    """
    if place in built_in_presets():
        held = built_in_presets()[place]
    elif place.startswith("https://"):
        held = _parse(_download(place), place)
    elif Path(place).is_file():
        held = _parse(_read(place), place)
    else:
        raise UsageError(f"there is no preset {place}", did_you_mean(place, built_in_presets()))
    values = held.get("values", held)
    if not isinstance(values, dict):
        raise UsageError(f"preset {place}: values must be a table", "write [values]")
    return validate_values(values, f"preset {place}")


def built_in_presets() -> dict[str, dict[str, Any]]:
    """The built-in starting points by name: `label`, `why` and `values`."""
    order = ("prototype", "api", "product", "learning")
    return {name: tomllib.loads((PRESETS / f"{name}.toml").read_text("utf-8")) for name in order}


def read_environment(variables: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Read `SCAFFOLD_<KEY>` variables.

    Raises:
        UsageError: such a variable names no key.
    """
    values = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in variables.items()
        if name.startswith(PREFIX)
    }
    for key in values:
        if key not in known_keys():
            name = f"{PREFIX}{key.upper()}"
            close = did_you_mean(name, [f"{PREFIX}{known.upper()}" for known in known_keys()])
            raise UsageError(f"the environment sets {name}, which is unknown", close)
    return validate_values(values, "the environment")


def _read(place: str) -> str:
    try:
        return _decoded(sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes())
    except OSError as error:
        raise UsageError(f"{place} cannot be read: {error.strerror}") from None
    except ValueError:
        raise UsageError(f"{place} cannot be read: it is not text in UTF-8") from None


def _decoded(content: bytes) -> str:
    """Decode UTF-8, or UTF-16 with a byte order mark, as some editors and shells write it."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if marked else "utf-8-sig")


def _parse(text: str, place: str) -> dict[str, Any]:
    try:
        values = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place} is neither TOML nor JSON: {error}") from None
    if not isinstance(values, dict):
        raise UsageError(f"{place} has no table of keys and values")
    return values


def _download(address: str) -> str:
    from http.client import HTTPException
    from urllib.error import URLError
    from urllib.request import urlopen

    try:
        with urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310 - https only, see preset()
            if not answer.geturl().startswith("https://"):
                raise ScaffoldError(f"{address} redirects to http", "download it and name the file")
            return _decoded(answer.read(1_000_000))
    except (OSError, ValueError, HTTPException) as error:
        why = error.reason if type(error) is URLError else error  # HTTPError says more by itself
        raise ScaffoldError(f"{address} cannot be fetched: {why}",
                            "download it and name the file") from None  # fmt: skip

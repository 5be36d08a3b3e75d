"""Collect values from flags, `-d`, data files, presets and the environment."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scaffold.errors import ScaffoldError, UsageError, did_you_mean
from scaffold.inputs.resolve import PROJECT_KEYS, known_keys, merge_values, validate_values
from scaffold.inputs.tables import decoded, parse_table, read_table
from scaffold.packs.download import download
from scaffold.packs.user_config import POLICY_VARIABLE
from scaffold.recommendation.questions import QUESTIONS, check_consistent, complete

PREFIX = "SCAFFOLD_"
REPEATABLE = frozenset({"feature", "without", "app", "resource", "features"})
PRESETS = Path(__file__).parent / "presets"
PRESET_BYTES = 1_000_000
TIMEOUT = 10  # seconds for a preset from the network


def collect_values(given: dict[str, Any]) -> dict[str, Any]:
    """Merge the values of all sources: preset, data file, environment, `-d`, flags; later ones win.

    A preset uses the default for every question that it leaves open.

    Args:
        given: the options of the command line by name.

    Raises:
        UsageError: values are unknown, or contradict each other.
    """
    return with_preset(given, collect_given(given))


def collect_given(given: dict[str, Any]) -> dict[str, Any]:
    """Merge the values of all sources, as `collect_values` does, without any default.

    Raises:
        UsageError: values are unknown, or contradict each other.
    """
    given = dict(given)
    presets = [load_preset(name) for name in given.pop("preset") or ()]
    files = [load_file(name) for name in given.pop("data_file") or ()]
    pairs = parse_pairs(given.pop("data") or ())
    flags = _flag_values(given)
    if len(frameworks := {v["framework"] for v in (pairs, flags) if "framework" in v}) > 1:
        raise UsageError(f"two frameworks: {' and '.join(sorted(frameworks))}", "name one of them")
    own = merge_values(*files, read_environment(), pairs, flags)
    values = merge_values(*presets, own)
    check_consistent(answers_in(own), complete(answers_in(values)))
    return values


def with_preset(given: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with the default for every open question, where a preset is given."""
    return {**values, **complete(answers_in(values))} if given["preset"] else dict(values)


def answers_in(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers to questions among values."""
    return {key: value for key, value in values.items() if key not in PROJECT_KEYS}


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


def load_file(name: str) -> dict[str, Any]:
    """Read a data file in TOML or JSON; `-` is standard input.

    Raises:
        UsageError: it cannot be read, or holds an unknown key.
    """
    return validate_values(read_table(name), name)


def load_preset(place: str) -> dict[str, Any]:
    """Read a preset: a built-in one, a file, or an https address.

    A preset holds the keys of a data file, or a table `values` of them.

    Raises:
        UsageError: there is no such preset, or it holds an unknown key.
        ScaffoldError: the address cannot be fetched.
    """
    if place in built_in_presets():
        held = built_in_presets()[place]
    elif place.startswith("https://"):
        held = parse_table(_download(place), place)
    elif Path(place).is_file():
        held = read_table(place)
    else:
        raise UsageError(f"there is no preset {place}", did_you_mean(place, built_in_presets()))
    values = held.get("values", held)
    if not isinstance(values, dict):
        raise UsageError(f"preset {place}: values must be a table", "write [values]")
    return validate_values(values, f"preset {place}")


def built_in_presets() -> dict[str, dict[str, Any]]:
    """Return the built-in presets by name: `label`, `why` and `values`."""
    order = ("prototype", "api", "product", "learning")
    return {name: tomllib.loads((PRESETS / f"{name}.toml").read_text("utf-8")) for name in order}


def read_environment(variables: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Read `SCAFFOLD_<KEY>` variables.

    Raises:
        UsageError: a variable has an unknown key.
    """
    values = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in variables.items()
        if name.startswith(PREFIX) and name != POLICY_VARIABLE
    }
    for key in values:
        if key not in known_keys():
            name = f"{PREFIX}{key.upper()}"
            close = did_you_mean(name, [f"{PREFIX}{known.upper()}" for known in known_keys()])
            raise UsageError(f"the environment sets {name}, which is unknown", close)
    return validate_values(values, "the environment")


def _flag_values(given: Mapping[str, Any]) -> dict[str, Any]:
    values = {key: _single(key, value) for key, value in given.items() if value is not None}
    if added := values.pop("feature", None):
        values["with"] = added
    named = (name.strip() for text in values.pop("app", None) or () for name in text.split(","))
    apps: dict[str, list[str]] = {name: [] for name in named}
    for line in values.pop("resource", None) or ():
        app, dot, rest = line.partition(".")
        if not dot or not app.isidentifier():
            raise UsageError(
                f"--resource {line!r} must begin with the name of its app",
                "for example --resource 'shop.Product: name:str'",
            )
        apps.setdefault(app, []).append(rest)
    return validate_values({**values, "apps": apps} if apps else values, "the command line")


def _single(key: str, value: Any) -> Any:  # noqa: ANN401 - the value of any flag
    """Return the value of a flag that may be given once, or the list of a repeatable one."""
    if key in REPEATABLE or not isinstance(value, list):
        return value
    if any(question.key == key and question.many for question in QUESTIONS):
        return ",".join(value)
    if len(set(value)) > 1:
        flag = f"--{key.replace('_', '-')}"
        raise UsageError(f"{flag} is given twice: {', '.join(value)}", f"keep one {flag}")
    return value[0]


def _download(address: str) -> str:
    try:
        return decoded(download(address, PRESET_BYTES, TIMEOUT))
    except (OSError, ValueError) as error:
        raise ScaffoldError(
            f"{address} cannot be fetched: {error}", "download it and name the file"
        ) from None

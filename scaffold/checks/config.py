"""`[tool.scaffold.check]` in pyproject.toml: levels, limits, and what holds for some paths."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from scaffold.checks.rule import Level, Rule
from scaffold.checks.rules import find_rule
from scaffold.errors import UsageError, did_you_mean

OFF = "off"
KEYS = ("exclude", "levels", "limits", "paths")
PLACE = "pyproject.toml, tool.scaffold.check"
Levels = Mapping[str, Level | None]  # by rule; None where the rule is off


@dataclass(frozen=True)
class Config:
    """How a project wants to be checked.

    Args:
        exclude: patterns of files that are not read.
        levels: the level of a rule in place of its own.
        limits: the limit of a rule in place of its own.
        paths: levels for the files that match a pattern; the last pattern that matches wins.
    """

    exclude: tuple[str, ...] = ()
    levels: Levels = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    paths: Mapping[str, Levels] = field(default_factory=dict)

    def level(self, rule: Rule, path: str) -> Level | None:
        """Return the level of a rule for a file; None where it is off."""
        found = self.levels.get(rule.name, rule.level)
        for pattern, levels in self.paths.items():
            if rule.name in levels and fnmatchcase(path, pattern):
                found = levels[rule.name]
        return found

    def limit(self, rule: Rule) -> int:
        """Return the limit of a rule."""
        return self.limits.get(rule.name, rule.limit)


def read_config(root: Path) -> Config:
    """Read the configuration of a project; the defaults where it has none.

    Raises:
        UsageError: it is not TOML, or names a rule, level or key that does not exist.
    """
    try:
        values = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    except OSError:
        return Config()
    except ValueError as error:
        raise UsageError(f"pyproject.toml cannot be read: {error}") from None
    found = values
    for key in ("tool", "scaffold", "check"):
        found = _table(found.get(key, {}), f"pyproject.toml, {key}")
    for key in found:
        if key not in KEYS:
            raise UsageError(f"{PLACE}: there is no key {key}", did_you_mean(key, KEYS))
    paths = _table(found.get("paths", {}), f"{PLACE}.paths")
    return Config(
        tuple(_texts(found.get("exclude", []))),
        _levels(found.get("levels", {}), "levels"),
        _limits(found.get("limits", {})),
        {pattern: _levels(levels, f"paths.{pattern}") for pattern, levels in paths.items()},
    )


def _levels(values: object, place: str) -> Levels:
    known = (*Level, OFF)
    levels: dict[str, Level | None] = {}
    for name, value in _table(values, f"{PLACE}.{place}").items():
        if value not in known:
            message = f"{PLACE}.{place}: {name} must be one of {', '.join(known)}, not {value!r}"
            raise UsageError(message, did_you_mean(str(value), known))
        levels[_rule(name).name] = None if value == OFF else Level(value)
    return levels


def _limits(values: object) -> dict[str, int]:
    limits = {}
    for name, value in _table(values, f"{PLACE}.limits").items():
        rule = _rule(name)
        if not rule.limit:
            raise UsageError(f"{PLACE}.limits: {name} has no limit", "only rules that count do")
        if type(value) is not int or value < 1:
            raise UsageError(f"{PLACE}.limits: {name} must be a number from 1 on, not {value!r}")
        limits[rule.name] = value
    return limits


def _rule(name: str) -> Rule:
    try:
        return find_rule(name)
    except UsageError as error:
        raise UsageError(f"{PLACE}: {error.message}", error.hint) from None


def _texts(values: object) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise UsageError(f"{PLACE}.exclude must be a list of patterns", 'exclude = ["legacy/*"]')
    return values


def _table(values: object, place: str) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise UsageError(f"{place} must be a table")
    return values

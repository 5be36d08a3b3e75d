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
        exclude: patterns of files that are not read, or only for the rules of a policy.
        levels: the level of a rule in place of its own.
        limits: the limit of a rule in place of its own.
        paths: levels for the files that match a pattern; the last pattern that matches wins.
        least: levels of a policy; the project can only raise them.
        most: limits of a policy; the project can only lower them.
    """

    exclude: tuple[str, ...] = ()
    levels: Levels = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    paths: Mapping[str, Levels] = field(default_factory=dict)
    least: Levels = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)

    def level(self, rule: Rule, path: str) -> Level | None:
        """Return the level of a rule for a file; None where it is off."""
        least = self.least.get(rule.name)
        if least is None and self.is_excluded(path):
            return None
        found = self.levels.get(rule.name, self.least.get(rule.name, rule.level))
        for pattern, levels in self.paths.items():
            if rule.name in levels and fnmatchcase(path, pattern):
                found = levels[rule.name]
        return max(found, least, key=strictness)

    def limit(self, rule: Rule) -> int:
        """Return the limit of a rule."""
        given = [limits[rule.name] for limits in (self.limits, self.most) if rule.name in limits]
        return min(given, default=rule.limit)

    @property
    def unread(self) -> tuple[str, ...]:
        """Patterns of files that are not read: with levels of a policy, all are."""
        return () if self.least else self.exclude

    def is_excluded(self, path: str) -> bool:
        """Return whether the project excludes a file."""
        return any(fnmatchcase(path, pattern) for pattern in self.exclude)


def strictness(level: Level | None) -> int:
    """Return how strict a level is, for comparison; 0 where the rule is off."""
    return (None, Level.NOTE, Level.WARNING, Level.ERROR).index(level)


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
        read_levels(found.get("levels", {}), f"{PLACE}.levels"),
        read_limits(found.get("limits", {}), f"{PLACE}.limits"),
        {
            pattern: read_levels(levels, f"{PLACE}.paths.{pattern}")
            for pattern, levels in paths.items()
        },
    )


def read_levels(values: object, place: str) -> Levels:
    """Read levels of rules by the names or ids of rules.

    Args:
        values: what was read.
        place: where, for the message.

    Raises:
        UsageError: it is not a table, or names a rule or level that does not exist.
    """
    known = (*Level, OFF)
    levels: dict[str, Level | None] = {}
    for name, value in _table(values, place).items():
        if value not in known:
            message = f"{place}: {name} must be one of {', '.join(known)}, not {value!r}"
            raise UsageError(message, did_you_mean(str(value), known))
        levels[_rule(name, place).name] = None if value == OFF else Level(value)
    return levels


def read_limits(values: object, place: str) -> dict[str, int]:
    """Read limits of rules by the names or ids of rules.

    Args:
        values: what was read.
        place: where, for the message.

    Raises:
        UsageError: it is not a table, a rule does not exist or has no limit, or a limit is not
            a number.
    """
    limits = {}
    for name, value in _table(values, place).items():
        rule = _rule(name, place)
        if not rule.limit:
            raise UsageError(f"{place}: {name} has no limit", "only rules that count do")
        if type(value) is not int or value < 1:
            raise UsageError(f"{place}: {name} must be a number from 1 on, not {value!r}")
        limits[rule.name] = value
    return limits


def _rule(name: str, place: str) -> Rule:
    try:
        return find_rule(name)
    except UsageError as error:
        raise UsageError(f"{place}: {error.message}", error.hint) from None


def _texts(values: object) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise UsageError(f"{PLACE}.exclude must be a list of patterns", 'exclude = ["legacy/*"]')
    return values


def _table(values: object, place: str) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise UsageError(f"{place} must be a table")
    return values

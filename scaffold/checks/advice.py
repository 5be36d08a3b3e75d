"""How near a project is to the advice, point by point."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scaffold.checks.project import Project
from scaffold.checks.result import CheckResult
from scaffold.checks.rule import Rule
from scaffold.checks.rules import RULES, django, flask, flask_links, queries
from scaffold.recommendation.rules import ADVICE

FLASK = {*flask.RULES, *flask_links.RULES}  # rules that find nothing elsewhere
DJANGO = {*django.RULES, *queries.RULES}


class Nearness(StrEnum):
    """How near a project is to a point."""

    MET = "met"
    NOT_MET = "not met"
    NOT_CHECKED = "not checked"
    BY_READING = "not checkable by reading"


@dataclass(frozen=True)
class Point:
    """A point of the advice, and how near a project is to it.

    Args:
        id: its number, as in "A2".
        text: what it says.
        rules: the names of the rules that stand for it in a project of this framework.
        nearness: how near the project is.
        violations: how many violations there are, with those that the baseline lets pass.
        reason: why it could not be checked; empty where it was.
    """

    id: str
    text: str
    rules: tuple[str, ...]
    nearness: Nearness
    violations: int = 0
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return {**vars(self), "rules": list(self.rules), "nearness": self.nearness.value}


def points(project: Project, result: CheckResult) -> tuple[Point, ...]:
    """Return every point of the advice and how near a project is to it.

    Args:
        project: the project.
        result: what all rules found, before a baseline lets anything pass.
    """
    foreign = set() if project.uses("flask") else set(FLASK)
    foreign |= set() if project.uses("django") else DJANGO
    rules = [rule for rule in RULES if rule not in foreign]
    return tuple(_point(key, rules, result) for key in ADVICE)


def _point(key: str, rules: Sequence[Rule], result: CheckResult) -> Point:
    mine = [rule for rule in rules if rule.advice == key]
    names = tuple(rule.name for rule in mine)
    count = sum(one.rule in mine for one in result.failing)
    failed = [one for one in result.not_run if one.what in names]
    if not names:
        other = any(rule.advice == key for rule in RULES)
        why = "its rules are for the other framework" if other else "no rule stands for it"
        return Point(key, ADVICE[key], names, Nearness.BY_READING, reason=why)
    if count:
        return Point(key, ADVICE[key], names, Nearness.NOT_MET, count)
    if failed:
        reason = failed[0].reason
        return Point(key, ADVICE[key], names, Nearness.NOT_CHECKED, reason=reason)
    return Point(key, ADVICE[key], names, Nearness.MET)

"""A rule of layout, and a violation of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scaffold.checks.project import Project


class Level(StrEnum):
    """How much a violation weighs; a note never fails a check."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Scope(StrEnum):
    """What a violation is about."""

    PROJECT = "project"
    FILE = "file"
    SYMBOL = "symbol"


Edits = Mapping[str, bytes]  # new contents of files, by path


@dataclass(frozen=True)
class Fix:
    """How to fix the violations of a rule.

    Args:
        safe: nothing that the application does changes.
        what: what the fix does, in one sentence.
        edits: returns the new contents of files; none where a violation cannot be fixed.
    """

    safe: bool
    what: str
    edits: "Callable[[Project, Violation], Edits]" = field(repr=False)

    def __str__(self) -> str:
        return f"{'safe' if self.safe else 'unsafe'}: {self.what}"


class CannotRun(Exception):  # noqa: N818 - no fault, but what a rule says
    """What a rule needs is not there; the message says what, and what to do."""


@dataclass(frozen=True)
class Violation:
    """A place that breaks a rule.

    Args:
        path: the file, from the project's root with forward slashes; empty for the project.
        message: one sentence that says what is wrong.
        line: where in the file; 0 for the file as a whole.
        symbol: the class, function or name at fault; with rule and path it names the violation,
            whatever line it is on.
        hint: what to do, or to type; empty where the rule's own advice says it.
    """

    path: str
    message: str
    line: int = 0
    symbol: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule.

    Args:
        id: its number, which never changes.
        name: its name in words.
        level: how much a violation weighs unless the project says otherwise.
        scope: what a violation is about.
        title: what it reports, in one sentence.
        why: why that matters.
        remedy: what to do about a violation, in one sentence.
        check: yields the violations in a project.
        advice: the point of advice that it rests on, such as "A2".
        limit: what it counts up to before it complains; 0 where it does not count.
        fix: how to fix a violation; None where a person has to.
        bad: code that breaks it.
        good: the same code as it should be.
    """

    id: str
    name: str
    level: Level
    scope: Scope
    title: str
    why: str
    remedy: str
    check: "Callable[[Project, int], Iterable[Violation]]" = field(repr=False)
    advice: str = ""
    limit: int = 0
    fix: Fix | None = None
    bad: str = ""
    good: str = ""

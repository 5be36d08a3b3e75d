"""Suppressions: a comment that lets one violation pass, with a reason and perhaps until a day.

# scaffold: ignore[import-cycle] until 2027-01-31: split when orders moves out
"""

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scaffold.checks.project import Project
from scaffold.checks.rule import Rule, Violation
from scaffold.checks.rules import find_rule
from scaffold.checks.rules.comments import INVALID, UNUSED
from scaffold.errors import UsageError

WORD = "scaffold: ignore"
COMMENT = re.compile(
    r"scaffold: ignore(?:\[(?P<rules>[^\]]*)\])?"
    r"(?:\s+until\s+(?P<until>[^\s:]+))?\s*:?\s*(?P<reason>.*?)\s*(?:#\}|-->|\*/)?\s*$"
)
EXAMPLE = "# scaffold: ignore[import-cycle]: the reason"


@dataclass(frozen=True)
class Suppression:
    """A comment that lets violations pass.

    Args:
        path: the file.
        line: where the comment is.
        rules: the names of the rules.
        reason: why.
        until: the last day on which it holds; None for always.
        alone: whether the line holds nothing else, so that it is about the next one.
    """

    path: str
    line: int
    rules: tuple[str, ...]
    reason: str
    until: date | None
    alone: bool

    def covers(self, rule: Rule, violation: Violation) -> bool:
        """Return whether it is about a violation; one of a whole file is covered anywhere in it."""
        lines = (0, self.line, self.line + 1) if self.alone else (0, self.line)
        same = violation.path == self.path and rule.name in self.rules
        return same and violation.line in lines


class Suppressions:
    """The suppressions of a project.

    Args:
        project: the project.
        today: the day on which they hold.
    """

    def __init__(self, project: Project, today: date) -> None:
        self._project = project
        self._today = today
        self._used: set[tuple[str, int]] = set()

    def covers(self, rule: Rule, violation: Violation) -> bool:
        """Return whether a violation is let pass."""
        for one in self._read[0]:
            if one.covers(rule, violation):
                self._used.add((one.path, one.line))
                return one.until is None or one.until >= self._today
        return False

    def problems(self) -> Iterator[tuple[Rule, Violation]]:
        """Yield what is wrong with them; call it when every violation was asked for."""
        yield from ((INVALID, violation) for violation in self._read[1])
        for one in self._read[0]:
            rules = ", ".join(one.rules)
            if (one.path, one.line) not in self._used:
                message = f"nothing here breaks {rules}"
                yield UNUSED, Violation(one.path, message, one.line, rules)
            elif one.until and one.until < self._today:
                message = f"the suppression of {rules} ended on {one.until}"
                yield INVALID, Violation(one.path, message, one.line, rules)

    @cached_property
    def _read(self) -> tuple[list[Suppression], list[Violation]]:
        found: list[Suppression] = []
        wrong: list[Violation] = []
        for path, text in self._texts():
            for line, comment, alone in _comments(path, text):
                try:
                    found.append(self._parse(path, line, comment, alone=alone))
                except UsageError as error:
                    hint = error.hint or f"write it like this: {EXAMPLE}"
                    wrong.append(Violation(path, error.message, line, comment.strip(), hint))
        return found, wrong

    def _texts(self) -> Iterator[tuple[str, str]]:
        for module in (*self._project.modules, *self._project.tests, *self._project.migrations):
            if WORD in module.text:
                yield module.path, module.text
        for path in self._project.files:
            if not path.endswith((".py", ".md")) and (text := self._project.text_with(path, WORD)):
                yield path, text

    def _parse(self, path: str, line: int, comment: str, *, alone: bool) -> Suppression:
        match = COMMENT.search(comment)
        if match is None or not match["rules"]:
            raise UsageError("a suppression names its rules", f"write it like this: {EXAMPLE}")
        rules = [find_rule(word.strip()).name for word in match["rules"].split(",")]
        if not re.search(r"\w{3}", match["reason"]):
            raise UsageError("a suppression needs a reason")
        return Suppression(path, line, tuple(rules), match["reason"], _day(match["until"]), alone)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{text} is not a date", "write it as 2027-01-31") from None


def _comments(path: str, text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield line, text and whether nothing else is on the line of each comment with the word."""
    if not path.endswith(".py"):
        for number, line in enumerate(text.splitlines(), 1):
            if WORD in line:
                before = line.partition(WORD)[0].strip()
                yield number, line, before in ("#", "{#", "<!--", "//", "/*")
        return
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and WORD in token.string:
                yield token.start[0], token.string, not token.line[: token.start[1]].strip()
    except (tokenize.TokenError, SyntaxError):
        return  # reported as a file that could not be read

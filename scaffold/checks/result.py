"""What a check found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.checks.rule import Level, Rule, Violation
from scaffold.errors import Exit

if TYPE_CHECKING:
    from scaffold.checks.advice import Point


@dataclass(frozen=True)
class Finding:
    """A violation with its rule.

    Args:
        rule: the rule that is broken.
        level: how much that weighs in this project.
        violation: the place.
        fingerprint: names the violation, whatever line it is on.
    """

    rule: Rule
    level: Level
    violation: Violation
    fingerprint: str

    @property
    def hint(self) -> str:
        """What to do, or to type."""
        return self.violation.hint or self.rule.remedy


@dataclass(frozen=True)
class NotRun:
    """A rule that could not run, or a file that could not be read.

    Args:
        what: the rule's name, or the file's path.
        reason: why.
    """

    what: str
    reason: str

    @property
    def fingerprint(self) -> str:
        """A name for it that stays the same."""
        return sha256(f"not run\0{self.what}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class CheckResult:
    """What a check of a project found.

    Args:
        root: the project's directory.
        findings: the violations, in the order of files and lines.
        not_run: what could not be checked.
        modules: how many Python files of the application were read.
        lines: how many lines they have.
        seconds: how long it took to read the project and to run the rules.
        prefix: where the project is in its repository, with a slash; empty at its root.
        suppressed: how many violations a comment lets pass.
        tolerated: how many the baseline lets pass.
        gone: how many violations of the baseline are gone.
        fixed: the files that were changed to fix violations.
        policy: the name of the policy that was checked, too; empty without one.
        policy_note: what the user should know about how current the policy is.
        exceptions: how many exceptions of the policy hold for the project.
        excepted: how many violations they let pass.
        points: how near the project is to each point of the advice, where the policy asks.
        frameworks: which of flask and django it uses.
    """

    root: Path
    findings: Sequence[Finding]
    not_run: Sequence[NotRun] = ()
    modules: int = 0
    lines: int = 0
    seconds: float = 0
    prefix: str = ""
    suppressed: int = 0
    tolerated: int = 0
    gone: int = 0
    fixed: Sequence[str] = ()
    policy: str = ""
    policy_note: str = ""
    exceptions: int = 0
    excepted: int = 0
    points: "Sequence[Point]" = ()
    frameworks: Sequence[str] = ()

    @property
    def failing(self) -> list[Finding]:
        """The violations that are more than a note."""
        return [one for one in self.findings if one.level is not Level.NOTE]

    def place(self, one: Finding) -> str:
        """Return the file of a violation as CI services know it: from the repository's root."""
        return self.prefix + one.violation.path

    def source(self, one: Finding) -> str:
        """Return the line of a violation; empty where there is none."""
        try:
            lines = (self.root / one.violation.path).read_text("utf-8", "replace").splitlines()
        except OSError:
            return ""
        return lines[one.violation.line - 1] if 0 < one.violation.line <= len(lines) else ""

    def count(self, level: Level) -> int:
        """Return how many violations have a level."""
        return sum(one.level is level for one in self.findings)

    @property
    def code(self) -> Exit:
        """The exit code: violations, else what could not run."""
        if self.failing:
            return Exit.VIOLATIONS
        return Exit.NOT_RUN if self.not_run else Exit.DONE


def fingerprints(found: Sequence[tuple[Rule, Violation]]) -> list[str]:
    """Return a name for each violation: of rule, path, symbol and how many came before it."""
    seen: Counter[tuple[str, str, str]] = Counter()
    names = []
    for rule, violation in found:
        key = (rule.id, violation.path, violation.symbol)
        seen[key] += 1
        names.append(sha256("\0".join((*key, str(seen[key]))).encode()).hexdigest()[:32])
    return names

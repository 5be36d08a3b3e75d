"""What is proven, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from scaffold.errors import Exit
from scaffold.model.recipe import Recipe
from scaffold.packs.pack import Pack


class Status(StrEnum):
    """What became of a step."""

    PASSED = "passed"
    PROVEN = "proven before"  # the same tree, lock, Python and tool passed it
    FAILED = "failed"
    NOT_RUN = "not run"  # something it needs is not on this machine
    BLOCKED = "not reached"  # a step it builds on failed or did not run


class StepFailed(Exception):  # noqa: N818 - a verdict, not an error of scaffold
    """The project is at fault; the message is one line."""


class CannotRun(Exception):  # noqa: N818 - a verdict, not an error of scaffold
    """The machine lacks what a step needs; the message is one line."""


class Halted(Exception):  # noqa: N818 - nobody is at fault
    """The whole run is being stopped."""


@dataclass(frozen=True)
class Case:
    """One recipe, or one existing project, to be proven.

    Args:
        label: what reports call it; unique in a run.
        recipe: what is rendered, or what the project was rendered from.
        pack: the pack, read.
        resources: the name of the set of resources, where it has one.
        folder: the existing project; its files are copied, never touched.
    """

    label: str
    recipe: Recipe
    pack: Pack
    resources: str = ""
    folder: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one step.

    Args:
        step: its name.
        status: passed or not.
        seconds: how long it took.
        message: why not; one line.
        log: the end of what it printed.
    """

    step: str
    status: Status
    seconds: float = 0.0
    message: str = ""
    log: str = ""


@dataclass(frozen=True)
class Verdict:
    """What became of one case."""

    case: Case
    outcomes: tuple[Outcome, ...]
    seconds: float = 0.0

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The steps at which the project is at fault."""
        return tuple(found for found in self.outcomes if found.status is Status.FAILED)

    @property
    def not_run(self) -> tuple[Outcome, ...]:
        """The steps that could not run here."""
        return tuple(found for found in self.outcomes if found.status is Status.NOT_RUN)

    @property
    def code(self) -> Exit:
        """The exit code that this verdict alone would give."""
        if self.failed:
            return Exit.UNVERIFIED
        good = (Status.PASSED, Status.PROVEN)
        # No outcome at all: the run was stopped before this case began.
        complete = self.outcomes and all(found.status in good for found in self.outcomes)
        return Exit.DONE if complete else Exit.NOT_RUN


@dataclass(frozen=True)
class Finding:
    """A failure, shrunk.

    Args:
        step: the step that fails.
        message: why.
        means: what the pack says such a failure means.
        features: the smallest set of features found with which it still fails.
        resources: the smallest set of resources with which it still fails.
        command: what reproduces it.
        cases: labels of the cases that failed so.
        holders: how many cases hold all of these options, failing or not.
    """

    step: str
    message: str
    means: str
    features: tuple[str, ...]
    resources: str
    command: str
    cases: tuple[str, ...]
    holders: int

    @property
    def where(self) -> str:
        """In words, with which options it fails."""
        named = " + ".join(self.features) or "no feature at all"
        return f"{named}, resources {self.resources}" if self.resources else named


@dataclass(frozen=True)
class Summary:
    """What came of a whole run.

    Args:
        verdicts: one a case, in the order of the cases.
        findings: the failures, shrunk.
        pairs: pairs of options that the cases hold, and pairs there are; zero outside a matrix.
        seconds: wall time.
        kept: where everything was left, if it was asked for.
    """

    verdicts: Sequence[Verdict]
    findings: Sequence[Finding] = ()
    pairs: tuple[int, int] = (0, 0)
    seconds: float = 0.0
    kept: Path | None = None

    @property
    def code(self) -> Exit:
        """7 where a project failed, 8 where a step could not run, else 0."""
        codes = {verdict.code for verdict in self.verdicts}
        if Exit.UNVERIFIED in codes:
            return Exit.UNVERIFIED
        return Exit.NOT_RUN if Exit.NOT_RUN in codes else Exit.DONE

    def count(self, status: Status) -> int:
        """How many steps ended so."""
        return sum(found.status is status for v in self.verdicts for found in v.outcomes)

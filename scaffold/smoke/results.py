"""Cases, and the results of steps, cases and runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from scaffold.errors import Exit
from scaffold.model.recipe import Recipe
from scaffold.packs.pack import Pack


class Status(StrEnum):
    """How a step ended."""

    PASSED = "passed"
    CACHED = "cached"  # passed before with the same tree, lock, Python and tool
    FAILED = "failed"
    NOT_RUN = "not run"  # this machine lacks something that the step needs
    BLOCKED = "not reached"  # a step that it depends on failed or did not run


class StepFailed(Exception):  # noqa: N818 - a result, not an error of scaffold
    """The project failed the step; the message is one line."""


class CannotRun(Exception):  # noqa: N818 - a result, not an error of scaffold
    """The machine lacks what a step needs; the message is one line."""


class RunCancelled(Exception):  # noqa: N818 - not an error of scaffold
    """The whole run is being stopped."""


@dataclass(frozen=True)
class Case:
    """One recipe, or one existing project, to be tested.

    Args:
        label: its name in reports; unique in a run.
        recipe: the recipe to render, or the one the project was rendered from.
        pack: the pack of the recipe.
        resources: the name of the set of resources, if it has one.
        folder: the existing project; its files are copied, never changed.
    """

    label: str
    recipe: Recipe
    pack: Pack
    resources: str = ""
    folder: Path | None = None


@dataclass(frozen=True)
class StepResult:
    """The result of one step.

    Args:
        step: the name of the step.
        status: how it ended.
        seconds: how long it took.
        message: why it did not pass; one line.
        log: the end of its output.
    """

    step: str
    status: Status
    seconds: float = 0.0
    message: str = ""
    log: str = ""


@dataclass(frozen=True)
class CaseResult:
    """The result of one case; it has no steps if the run was stopped before it began."""

    case: Case
    steps: tuple[StepResult, ...]
    seconds: float = 0.0

    @property
    def failed(self) -> tuple[StepResult, ...]:
        """The steps that the project failed."""
        return tuple(step for step in self.steps if step.status is Status.FAILED)

    @property
    def not_run(self) -> tuple[StepResult, ...]:
        """The steps that could not run on this machine."""
        return tuple(step for step in self.steps if step.status is Status.NOT_RUN)

    @property
    def code(self) -> Exit:
        """The exit code of a run of this case alone."""
        if self.failed:
            return Exit.UNVERIFIED
        passed = (Status.PASSED, Status.CACHED)
        complete = self.steps and all(step.status in passed for step in self.steps)
        return Exit.DONE if complete else Exit.NOT_RUN


@dataclass(frozen=True)
class Finding:
    """A failure with the smallest set of options that still causes it.

    Args:
        step: the step that fails.
        message: why it fails.
        means: the pack's explanation of such a failure.
        features: the smallest failing set of features.
        resources: the smallest failing set of resources.
        command: the command that reproduces it.
        cases: labels of the cases that fail in this way.
        log: what the step printed in the case that was shrunk.
        holders: how many cases have all of these options, failing or not.
    """

    step: str
    message: str
    means: str
    features: tuple[str, ...]
    resources: str
    command: str
    cases: tuple[str, ...]
    log: str
    holders: int

    @property
    def where(self) -> str:
        """The options that cause the failure, in words."""
        named = " + ".join(self.features) or "no feature at all"
        return f"{named}, resources {self.resources}" if self.resources else named


@dataclass(frozen=True)
class RunResult:
    """The result of a whole run.

    Args:
        cases: one result for each case, in order.
        findings: the failures, shrunk.
        pairs: how many pairs of options the cases cover, and how many there are; zero outside
            a matrix.
        seconds: wall time.
        kept: the directory that was kept, if that was asked for.
    """

    cases: Sequence[CaseResult]
    findings: Sequence[Finding] = ()
    pairs: tuple[int, int] = (0, 0)
    seconds: float = 0.0
    kept: Path | None = None

    @property
    def code(self) -> Exit:
        """7 if a project failed, 8 if a step could not run, else 0."""
        codes = {case.code for case in self.cases}
        if Exit.UNVERIFIED in codes:
            return Exit.UNVERIFIED
        return Exit.NOT_RUN if Exit.NOT_RUN in codes else Exit.DONE

    def count(self, status: Status) -> int:
        """Count the steps with a status."""
        return sum(step.status is status for case in self.cases for step in case.steps)

"""The steps of a command that makes or changes a project, and the project that is there then."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scaffold.errors import Exit
from scaffold.model.tree import Tree


@dataclass(frozen=True)
class CreateStep:
    """One stage of the work.

    Args:
        name: what it is called: render, write, lock, verify, git, install.
        seconds: how long it took.
        problem: why it could not be done; empty where it was.
        remedy: what to type instead.
        failed: whether the project itself is at fault.
        warning: whether the project is complete without it.
    """

    name: str
    seconds: float
    problem: str = ""
    remedy: str = ""
    failed: bool = False
    warning: bool = False


@dataclass(frozen=True)
class NewResult:
    """A project that now exists."""

    path: Path
    tree: Tree
    steps: tuple[CreateStep, ...] = field(default_factory=tuple)

    @property
    def code(self) -> Exit:
        """7 or 8 where a step failed or could not run, though the project exists."""
        if any(step.failed for step in self.steps):
            return Exit.UNVERIFIED
        missing = any(step.problem and not step.warning for step in self.steps)
        return Exit.NOT_RUN if missing else Exit.DONE


class StepLog:
    """The steps done so far, reported as they begin."""

    def __init__(self, watch: Callable[[str], None]) -> None:
        self.steps: list[CreateStep] = []
        self._watch = watch
        self._problem = ("", "", False, False)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step; `fail` inside it says why it could not be done."""
        self._watch(name)
        self._problem = ("", "", False, False)
        start = time.perf_counter()
        yield
        self.steps.append(CreateStep(name, time.perf_counter() - start, *self._problem))

    def tell(self, name: str) -> None:
        """Report what goes on inside the current step."""
        self._watch(f"verify: {name}")

    def fail(self, problem: str, remedy: str, *, failed: bool = False) -> None:
        """Note that the current step could not be done, or that the project failed it."""
        self._problem = (problem, remedy, failed, False)

    def warn(self, problem: str, remedy: str) -> None:
        """Note what is left to the user, though the project is complete."""
        self._problem = (problem, remedy, False, True)

"""The interface that a run reports its progress to."""

from collections.abc import Sequence
from typing import Protocol

from scaffold.smoke.config import Step
from scaffold.smoke.results import Case, CaseResult


class Listener(Protocol):
    """Gets the events of a run, from several threads."""

    def run_started(self, cases: Sequence[Case]) -> None:
        """Called once, with all cases."""

    def step_started(self, case: Case, step: Step) -> None:
        """Called when a step of a case begins."""

    def case_finished(self, result: CaseResult) -> None:
        """Called when a case ends."""

    def note(self, text: str) -> None:
        """Called with anything else worth a line."""


class SilentListener:
    """Ignores every event."""

    def run_started(self, cases: Sequence[Case]) -> None:
        """Ignore the event."""

    def step_started(self, case: Case, step: Step) -> None:
        """Ignore the event."""

    def case_finished(self, result: CaseResult) -> None:
        """Ignore the event."""

    def note(self, text: str) -> None:
        """Ignore the event."""

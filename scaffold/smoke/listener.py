"""Who is told how a run goes on."""

from collections.abc import Sequence
from typing import Protocol

from scaffold.smoke.config import Step
from scaffold.smoke.results import Case, Verdict


class Watch(Protocol):
    """What a run tells, from several threads."""

    def planned(self, cases: Sequence[Case]) -> None:
        """These cases will run."""

    def stepping(self, case: Case, step: Step) -> None:
        """A case begins a step."""

    def finished(self, verdict: Verdict) -> None:
        """A case is done."""

    def said(self, text: str) -> None:
        """Anything else worth a line."""


class Silent:
    """Nobody watches."""

    def planned(self, cases: Sequence[Case]) -> None:
        """Show nothing."""

    def stepping(self, case: Case, step: Step) -> None:
        """Show nothing."""

    def finished(self, verdict: Verdict) -> None:
        """Show nothing."""

    def said(self, text: str) -> None:
        """Show nothing."""

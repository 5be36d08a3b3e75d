"""What people see while a run goes on: a live table in a terminal, plain lines elsewhere."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scaffold.smoke.config import Step
from scaffold.smoke.listener import Silent, Watch
from scaffold.smoke.reports.terminal import console, recipes
from scaffold.smoke.results import Case, Status, Verdict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Watch]:
    """Who watches a run: a live table on a terminal, a line for each recipe elsewhere."""
    out = console()
    if quiet:
        yield Silent()
        return
    if not out.is_terminal:
        yield Lines(out)
        return
    from rich.live import Live

    watch = Board(out)
    with Live(get_renderable=watch.table, console=out, refresh_per_second=5, transient=True):
        yield watch


class Lines(Silent):
    """One line for each recipe as it ends."""

    def __init__(self, out: "Console") -> None:
        self._out = out
        self._all = 0
        self._done = 0

    def planned(self, cases: Sequence[Case]) -> None:
        """Say how much there is to do."""
        self._all = len(cases)
        self._out.print(recipes(len(cases)))

    def finished(self, verdict: Verdict) -> None:
        """Say what came of a recipe."""
        self._done += 1
        self._out.print(f"{self._done}/{self._all} {_line(verdict)}", soft_wrap=True)

    def said(self, text: str) -> None:
        """Say it."""
        self._out.print(text, soft_wrap=True)


class Board(Lines):
    """The recipes at work with their steps and times, above them what is done."""

    def __init__(self, out: "Console") -> None:
        super().__init__(out)
        self._guard = threading.Lock()
        self._at_work: dict[str, tuple[str, float, float]] = {}
        self._note = ""

    def stepping(self, case: Case, step: Step) -> None:
        """Show a recipe's new step."""
        now = time.monotonic()
        with self._guard:
            began = self._at_work.get(case.label, ("", now, now))[1]
            self._at_work[case.label] = (step.name, began, now)

    def finished(self, verdict: Verdict) -> None:
        """Move a recipe from the table to the lines above it."""
        with self._guard:
            self._at_work.pop(verdict.case.label, None)
        super().finished(verdict)

    def said(self, text: str) -> None:
        """Show it below the table, until there is something newer."""
        self._note = text

    def table(self) -> "Table":
        """What goes on at this moment."""
        from rich.table import Table

        now = time.monotonic()
        grid = Table.grid(padding=(0, 2))
        with self._guard:
            for label, (step, began, stepped) in self._at_work.items():
                grid.add_row("·", label, step, f"{now - stepped:.0f} s", f"of {now - began:.0f} s")
        waiting = self._all - self._done - len(self._at_work)
        if self._note:
            grid.add_row("·", self._note)
        elif waiting > 0:
            grid.add_row("", f"{waiting} waiting")
        return grid


def _line(verdict: Verdict) -> str:
    if verdict.failed:
        what = "FAILED  " + ", ".join(found.step for found in verdict.failed)
    elif verdict.not_run:
        what = "not run " + ", ".join(found.step for found in verdict.not_run)
    elif any(found.status is Status.PROVEN for found in verdict.outcomes):
        what = "proven"
    else:
        what = "ok"
    return f"{verdict.seconds:6.1f} s  {verdict.case.label}  {what}"

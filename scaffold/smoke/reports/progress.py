"""The progress of a run: a live table in a terminal, plain lines elsewhere."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scaffold.smoke.config import Step
from scaffold.smoke.listener import Listener, SilentListener
from scaffold.smoke.reports.terminal import cases as counted
from scaffold.smoke.reports.terminal import console
from scaffold.smoke.results import Case, CaseResult, Status

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Listener]:
    """Yield a listener that shows the progress of a run."""
    out = console()
    if quiet:
        yield SilentListener()
        return
    if not out.is_terminal:
        yield LineListener(out)
        return
    from rich.live import Live

    listener = TableListener(out)
    with Live(get_renderable=listener.table, console=out, refresh_per_second=5, transient=True):
        yield listener


class LineListener(SilentListener):
    """Prints one line for each finished case."""

    def __init__(self, out: "Console") -> None:
        self._out = out
        self._total = 0
        self._done = 0

    def run_started(self, cases: Sequence[Case]) -> None:
        """Print the number of cases."""
        self._total = len(cases)
        self._out.print(counted(len(cases)))

    def case_finished(self, result: CaseResult) -> None:
        """Print the result of a case."""
        self._done += 1
        self._out.print(f"{self._done}/{self._total} {_line(result)}", soft_wrap=True)

    def note(self, text: str) -> None:
        """Print a note."""
        self._out.print(text, soft_wrap=True)


class TableListener(LineListener):
    """Shows the running cases with their steps and times below the finished ones."""

    def __init__(self, out: "Console") -> None:
        super().__init__(out)
        self._lock = threading.Lock()
        self._running: dict[str, tuple[str, float, float]] = {}
        self._note = ""

    def step_started(self, case: Case, step: Step) -> None:
        """Show the new step of a case."""
        now = time.monotonic()
        with self._lock:
            began = self._running.get(case.label, ("", now, now))[1]
            self._running[case.label] = (step.name, began, now)

    def case_finished(self, result: CaseResult) -> None:
        """Move a case from the table to the lines above it."""
        with self._lock:
            self._running.pop(result.case.label, None)
        super().case_finished(result)

    def note(self, text: str) -> None:
        """Show a note below the table."""
        self._note = text

    def table(self) -> "Table":
        """Return the current table."""
        from rich.table import Table

        now = time.monotonic()
        grid = Table.grid(padding=(0, 2))
        with self._lock:
            for label, (step, began, stepped) in self._running.items():
                grid.add_row("·", label, step, f"{now - stepped:.0f} s", f"of {now - began:.0f} s")
        waiting = self._total - self._done - len(self._running)
        if self._note:
            grid.add_row("·", self._note)
        elif waiting > 0:
            grid.add_row("", f"{waiting} waiting")
        return grid


def _line(result: CaseResult) -> str:
    if result.failed:
        words = "FAILED  " + ", ".join(step.step for step in result.failed)
    elif result.not_run:
        words = "not run " + ", ".join(step.step for step in result.not_run)
    elif any(step.status is Status.CACHED for step in result.steps):
        words = "ok (cached)"
    else:
        words = "ok"
    return f"{result.seconds:6.1f} s  {result.case.label}  {words}"

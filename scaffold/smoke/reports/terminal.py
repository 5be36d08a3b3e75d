"""The report for people: a live table in a terminal, plain lines elsewhere."""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scaffold.smoke.table import Step
from scaffold.smoke.verdict import Case, Finding, Status, Summary, Verdict
from scaffold.smoke.watch import Silent, Watch

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

LINES = 12  # of a failed step's log, its end
CAUSES = 6  # lines further up that say what is wrong and where
# "E   KeyError: 'x'" of pytest; "a.py:7: KeyError" of pytest, "a.py:7: error: …" of mypy
CAUSE = re.compile(
    r"E {2,}\w*(Error|Exception)\b|[^\s:]+\.\w+:\d+:(\d+:)? (\w*Error|\w*Exception|error)\b"
)


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Watch]:
    """Who watches a run: a live table on a terminal, a line for each recipe elsewhere."""
    out = _console()
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
        self._out.print(_recipes(len(cases)))

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


def show(summary: Summary) -> None:
    """Say what a run came to, on standard error."""
    out = _console()

    def say(text: str, style: str = "") -> None:
        out.print(text, style=style, soft_wrap=True)

    if len(summary.verdicts) == 1:
        for found in summary.verdicts[0].outcomes:
            say(f"  {found.seconds:6.1f} s  {found.status:<13}  {found.step}")
    for finding in summary.findings:
        _finding(finding, summary, say)
    explained = {label for finding in summary.findings for label in finding.cases}
    for verdict in summary.verdicts:
        if verdict.failed and verdict.case.label not in explained:
            _failure(verdict, say)
    _not_run(summary, say)
    say(_closing(summary), "bold")
    if summary.kept:
        say(f"kept: {summary.kept}")


def _finding(finding: Finding, summary: Summary, say: Callable[..., None]) -> None:
    say(f"\n{finding.step} fails with {finding.where}", "bold red")
    say(f"  {finding.message}")
    if finding.means:
        say(f"  {finding.means}")
    example = next(v for v in summary.verdicts
                   if v.case.label in finding.cases or not finding.cases)  # fmt: skip
    for found in example.failed:
        if found.step == finding.step:
            _log(found.log, say)
    say(f"  in {len(finding.cases)} of the {finding.holders} recipes that have this")
    say(f"  see it again: {finding.command}", "cyan")
    say("  with --logs DIR it leaves all that the steps said there")


def _failure(verdict: Verdict, say: Callable[..., None]) -> None:
    for found in verdict.failed:
        say(f"\n{found.step} fails: {verdict.case.label}", "bold red")
        say(f"  {found.message}")
        _log(found.log, say)


def _log(text: str, say: Callable[..., None]) -> None:
    """The end of a log, and before it what it says further up of causes and their places."""
    lines = text.rstrip().splitlines()
    causes = dict.fromkeys(line.strip() for line in lines[:-LINES] if CAUSE.match(line))
    shown = list(causes)[:CAUSES]
    for line in [*shown, *(["…"] if shown else []), *lines[-LINES:]]:
        say(f"  │ {line}", "dim")


def _not_run(summary: Summary, say: Callable[..., None]) -> None:
    reasons: dict[tuple[str, str], int] = {}
    for verdict in summary.verdicts:
        for found in verdict.not_run:
            key = (found.step, found.message)
            reasons[key] = reasons.get(key, 0) + 1
    for (step, reason), count in reasons.items():
        say(f"not run: {step} in {_recipes(count)}: {reason}", "yellow")


def _closing(summary: Summary) -> str:
    counts = {status: summary.count(status) for status in Status}
    steps = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    text = (
        f"\n{_recipes(len(summary.verdicts))} in {summary.seconds:.1f} s; steps: {steps or 'none'}"
    )
    covered, possible = summary.pairs
    if possible:
        text += f"; pairs of options covered: {covered} of {possible} ({covered / possible:.0%})"
    return text


def _recipes(count: int) -> str:
    return f"{count} recipe{'s' * (count != 1)}"


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


def _console() -> "Console":
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False)

"""The report for people, on standard error."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from scaffold.smoke.results import Finding, Status, Summary, Verdict

if TYPE_CHECKING:
    from rich.console import Console

LINES = 12  # of a failed step's log, its end
CAUSES = 6  # lines further up that say what is wrong and where
# "E   KeyError: 'x'" of pytest; "a.py:7: KeyError" of pytest, "a.py:7: error: …" of mypy
CAUSE = re.compile(
    r"E {2,}\w*(Error|Exception)\b|[^\s:]+\.\w+:\d+:(\d+:)? (\w*Error|\w*Exception|error)\b"
)


def show(summary: Summary) -> None:
    """Say what a run came to, on standard error."""
    out = console()

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
    say("  --logs DIR keeps the whole log")


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
        say(f"not run: {step} in {recipes(count)}: {reason}", "yellow")


def _closing(summary: Summary) -> str:
    counts = {status: summary.count(status) for status in Status}
    steps = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    text = (
        f"\n{recipes(len(summary.verdicts))} in {summary.seconds:.1f} s; steps: {steps or 'none'}"
    )
    covered, possible = summary.pairs
    if possible:
        text += f"; pairs of options covered: {covered} of {possible} ({covered / possible:.0%})"
    return text


def recipes(count: int) -> str:
    """A number of recipes in words."""
    return f"{count} recipe{'s' * (count != 1)}"


def console() -> "Console":
    """Where talk goes; plain where the stream is no terminal or NO_COLOR is set."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False)

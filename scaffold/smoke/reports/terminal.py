"""The report for people, on standard error."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from scaffold.smoke.results import CaseResult, Finding, RunResult, Status

if TYPE_CHECKING:
    from rich.console import Console

TAIL = 12  # lines at the end of a log
MAX_CAUSES = 6  # lines before the tail that name an error
# "E   KeyError: 'x'" of pytest; "a.py:7: KeyError" of pytest, "a.py:7: error: …" of mypy
CAUSE = re.compile(
    r"E {2,}\w*(Error|Exception)\b|[^\s:]+\.\w+:\d+:(\d+:)? (\w*Error|\w*Exception|error)\b"
)
Print = Callable[..., None]


def show(run: RunResult) -> None:
    """Print the result of a run."""
    out = console()

    def line(text: str, style: str = "") -> None:
        out.print(text, style=style, soft_wrap=True)

    if len(run.cases) == 1:
        for step in run.cases[0].steps:
            line(f"  {step.seconds:6.1f} s  {step.status:<11}  {step.step}")
    for finding in run.findings:
        _finding(finding, line)
    explained = {label for finding in run.findings for label in finding.cases}
    for case in run.cases:
        if case.failed and case.case.label not in explained:
            _failure(case, line)
    _not_run(run, line)
    line(_closing(run), "bold")
    if run.kept:
        line(f"kept: {run.kept}")


def _finding(finding: Finding, line: Print) -> None:
    line(f"\n{finding.step} fails with {finding.where}", "bold red")
    line(f"  {finding.message}")
    if finding.means:
        line(f"  {finding.means}")
    _log(finding.log, line)
    line(f"  in {len(finding.cases)} of the {finding.holders} cases with these options")
    line(f"  reproduce: {finding.command}", "cyan")
    line("  --logs DIR keeps the whole log")


def _failure(result: CaseResult, line: Print) -> None:
    for step in result.failed:
        line(f"\n{step.step} fails: {result.case.label}", "bold red")
        line(f"  {step.message}")
        _log(step.log, line)


def _log(text: str, line: Print) -> None:
    """Print the end of a log, after earlier lines that name an error."""
    lines = text.rstrip().splitlines()
    causes = dict.fromkeys(row.strip() for row in lines[:-TAIL] if CAUSE.match(row))
    shown = list(causes)[:MAX_CAUSES]
    for row in [*shown, *(["…"] if shown else []), *lines[-TAIL:]]:
        line(f"  │ {row}", "dim")


def _not_run(run: RunResult, line: Print) -> None:
    reasons: dict[tuple[str, str], int] = {}
    for case in run.cases:
        for step in case.not_run:
            key = (step.step, step.message)
            reasons[key] = reasons.get(key, 0) + 1
    for (step_name, reason), count in reasons.items():
        line(f"not run: {step_name} in {cases(count)}: {reason}", "yellow")


def _closing(run: RunResult) -> str:
    counts = {status: run.count(status) for status in Status}
    steps = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    text = f"\n{cases(len(run.cases))} in {run.seconds:.1f} s; steps: {steps or 'none'}"
    covered, possible = run.pairs
    if possible:
        text += f"; pairs of options covered: {covered} of {possible} ({covered / possible:.0%})"
    return text


def cases(count: int) -> str:
    """Return a number of cases in words."""
    return f"{count} case{'s' * (count != 1)}"


def console() -> "Console":
    """Return a console on standard error, plain if it is not a terminal or NO_COLOR is set."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False)

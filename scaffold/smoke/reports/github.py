"""The report for GitHub Actions: a job summary in Markdown, and annotations."""

import os
from pathlib import Path

from scaffold.reporting import github_command
from scaffold.smoke.results import CaseResult, RunResult, Status

LOG_TAIL = 3000  # characters


def summary_file() -> Path | None:
    """Return the file for the job summary if GitHub Actions runs us."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(name) if name else None


def text(run: RunResult) -> str:
    """Return the job summary."""
    covered, possible = run.pairs
    counts = {status: run.count(status) for status in Status}
    steps = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    count = len(run.cases)
    lines = [
        "## scaffold smoke",
        "",
        f"{count} case{'s' * (count != 1)}; steps: {steps or 'none'}.",
    ]
    if possible:
        share = f"{covered / possible:.0%}"
        lines.append(f"{covered} of {possible} pairs of options covered ({share}).")
    lines += ["", "| case | result | seconds |", "|---|---|---|"]
    for case in run.cases:
        lines.append(f"| {_cell(case.case.label)} | {_cell(_words(case))} | {case.seconds:.1f} |")
    for finding in run.findings:
        lines += ["", f"### {finding.step} fails with {finding.where}", "", finding.message]
        lines += ["", "```sh", finding.command, "```"]
    for case in run.cases:
        for step in case.failed:
            title = f"{_cell(case.case.label)}: {step.step}"
            tail = step.log[-LOG_TAIL:].replace("```", "` ` `")
            lines += ["", f"<details><summary>{title}</summary>"]
            lines += ["", "```text", tail, "```", "</details>"]
    return "\n".join(lines) + "\n"


def annotations(run: RunResult) -> str:
    """Return workflow commands: errors for failures, warnings for steps that could not run."""
    lines = []
    for case in run.cases:
        for kind, steps in (("error", case.failed), ("warning", case.not_run)):
            for step in steps:
                title = f"{step.step}: {case.case.label}"
                message = f"{step.status.value}: {step.message}"
                lines.append(github_command(kind, message, title=title))
    return "".join(lines)


def _words(result: CaseResult) -> str:
    if result.failed:
        return "❌ " + ", ".join(step.step for step in result.failed)
    if result.not_run:
        return "⚠️ not run: " + ", ".join(step.step for step in result.not_run)
    return "✅" if result.steps else "⚠️ not started"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")

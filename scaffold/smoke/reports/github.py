"""The report for GitHub Actions: a job summary in Markdown, and annotations."""

import os
from pathlib import Path

from scaffold.smoke.results import Status, Summary, Verdict

LOG = 3000  # characters of a log that a summary shows


def summary_file() -> Path | None:
    """Where GitHub wants the summary, if it runs us."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(name) if name else None


def text(summary: Summary) -> str:
    """The job summary."""
    covered, possible = summary.pairs
    counts = {status: summary.count(status) for status in Status}
    steps = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    lines = ["## scaffold smoke", ""]
    count = len(summary.verdicts)
    lines.append(f"{count} recipe{'s' * (count != 1)}; steps: {steps or 'none'}.")
    if possible:
        lines.append(f"{covered} of {possible} pairs of options covered "
                     f"({covered / possible:.0%}).")  # fmt: skip
    lines += ["", "| recipe | result | seconds |", "|---|---|---|"]
    lines += [f"| {_cell(v.case.label)} | {_cell(_result(v))} | {v.seconds:.1f} |"
              for v in summary.verdicts]  # fmt: skip
    for finding in summary.findings:
        lines += ["", f"### {finding.step} fails with {finding.where}", "", finding.message, "",
                  "```sh", finding.command, "```"]  # fmt: skip
    for verdict in summary.verdicts:
        for found in verdict.failed:
            tail = found.log[-LOG:].replace("```", "` ` `")
            lines += ["", f"<details><summary>{_cell(verdict.case.label)}: {found.step}</summary>",
                      "", "```text", tail, "```", "</details>"]  # fmt: skip
    return "\n".join(lines) + "\n"


def annotations(summary: Summary) -> str:
    """Workflow commands: errors for failures, warnings for what could not run."""
    lines = []
    for verdict in summary.verdicts:
        for kind, outcomes in (("error", verdict.failed), ("warning", verdict.not_run)):
            for found in outcomes:
                title = _property(f"{found.step}: {verdict.case.label}")
                said = f"{found.status.value}: {found.message}"
                lines.append(f"::{kind} title={title}::{_data(said)}\n")
    return "".join(lines)


def _result(verdict: Verdict) -> str:
    if verdict.failed:
        return "❌ " + ", ".join(found.step for found in verdict.failed)
    if verdict.not_run:
        return "⚠️ not run: " + ", ".join(found.step for found in verdict.not_run)
    return "✅" if verdict.outcomes else "⚠️ not started"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

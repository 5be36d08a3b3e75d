"""The report as annotations of GitHub Actions, which need no licence for code scanning."""

from scaffold.checks.result import CheckResult
from scaffold.checks.rule import Level
from scaffold.reporting import github_command

KINDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def text(result: CheckResult) -> str:
    """Return workflow commands; GitHub shows the first ten of each kind."""
    lines = [
        github_command(
            KINDS[one.level],
            f"{one.violation.message}. {one.hint}",
            title=f"{one.rule.id} {one.rule.name}",
            file=result.place(one),
            line=str(max(one.violation.line, 1)),
        )
        for one in result.findings
    ]
    lines += [
        github_command("error", one.reason, title=f"not checked: {one.what}")
        for one in result.not_run
    ]
    return "".join(lines)

"""The report for GitLab's Code Quality."""

import json

from scaffold.checks.result import CheckResult
from scaffold.checks.rule import Level

SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "major", Level.NOTE: "info"}


def text(result: CheckResult) -> str:
    """Return the report as a JSON document."""
    violations = [
        {
            "description": f"{one.violation.message}. {one.hint}",
            "check_name": one.rule.name,
            "fingerprint": one.fingerprint,
            "severity": SEVERITIES[one.level],
            "location": {
                "path": result.place(one),
                "lines": {"begin": max(one.violation.line, 1)},
            },
        }
        for one in result.findings
    ]
    missing = [
        {
            "description": f"{one.what} was not checked: {one.reason}",
            "check_name": "not-run",
            "fingerprint": one.fingerprint,
            "severity": "blocker",
            "location": {"path": one.what, "lines": {"begin": 1}},
        }
        for one in result.not_run
    ]
    return json.dumps(violations + missing, indent=2, ensure_ascii=False) + "\n"

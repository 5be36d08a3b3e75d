"""The report as JSON."""

import json
from typing import Any

from scaffold import __version__
from scaffold.checks.result import CheckResult
from scaffold.checks.rule import Level

FORMAT = 1


def text(result: CheckResult) -> str:
    """Return the report as a JSON document."""
    return json.dumps(as_dict(result), indent=2, ensure_ascii=False) + "\n"


def as_dict(result: CheckResult) -> dict[str, Any]:
    """Return the report as plain values."""
    return {
        "format": FORMAT,
        "scaffold": __version__,
        "code": int(result.code),
        "seconds": round(result.seconds, 3),
        "modules": result.modules,
        "lines": result.lines,
        "counts": {level.value: result.count(level) for level in Level},
        "suppressed": result.suppressed,
        "tolerated": result.tolerated,
        "gone": result.gone,
        "fixed": list(result.fixed),
        "policy": result.policy,
        "policy_note": result.policy_note,
        "exceptions": result.exceptions,
        "excepted": result.excepted,
        "advice": [point.as_dict() for point in result.points],
        "violations": [
            {
                "rule": one.rule.id,
                "name": one.rule.name,
                "level": one.level.value,
                "path": one.violation.path,
                "line": one.violation.line,
                "symbol": one.violation.symbol,
                "message": one.violation.message,
                "hint": one.hint,
                "advice": one.rule.advice,
                "fingerprint": one.fingerprint,
            }
            for one in result.findings
        ],
        "not_run": [vars(one) for one in result.not_run],
    }

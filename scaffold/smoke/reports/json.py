"""The report as JSON."""

import json
from dataclasses import asdict
from typing import Any

from scaffold import __version__
from scaffold.smoke.results import RunResult, Status

FORMAT = 2


def text(run: RunResult) -> str:
    """Return the report as a JSON document."""
    return json.dumps(as_dict(run), indent=2, ensure_ascii=False) + "\n"


def as_dict(run: RunResult) -> dict[str, Any]:
    """Return the report as plain values."""
    covered, possible = run.pairs
    return {
        "format": FORMAT,
        "scaffold": __version__,
        "code": int(run.code),
        "seconds": round(run.seconds, 3),
        "pairs": {"covered": covered, "all": possible},
        "counts": {status.value: run.count(status) for status in Status},
        "cases": [
            {
                "label": case.case.label,
                "recipe": case.case.recipe.as_dict(),
                "code": int(case.code),
                "seconds": round(case.seconds, 3),
                "steps": [
                    {
                        "name": step.step,
                        "status": step.status.value,
                        "seconds": round(step.seconds, 3),
                        "message": step.message,
                        "log": step.log if step.status is Status.FAILED else "",
                    }
                    for step in case.steps
                ],
            }
            for case in run.cases
        ],
        "findings": [
            {**asdict(finding), "features": list(finding.features), "cases": list(finding.cases)}
            for finding in run.findings
        ],
    }

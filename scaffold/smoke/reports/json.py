"""The report for programs."""

import json
from dataclasses import asdict
from typing import Any

from scaffold import __version__
from scaffold.smoke.results import Status, Summary

FORMAT = 1


def text(summary: Summary) -> str:
    """The report as one JSON document."""
    return json.dumps(as_dict(summary), indent=2, ensure_ascii=False) + "\n"


def as_dict(summary: Summary) -> dict[str, Any]:
    """The report as plain values."""
    covered, possible = summary.pairs
    return {
        "format": FORMAT,
        "scaffold": __version__,
        "code": int(summary.code),
        "seconds": round(summary.seconds, 3),
        "pairs": {"covered": covered, "all": possible},
        "counts": {status.value: summary.count(status) for status in Status},
        "recipes": [
            {
                "label": verdict.case.label,
                "recipe": verdict.case.recipe.as_dict(),
                "code": int(verdict.code),
                "seconds": round(verdict.seconds, 3),
                "steps": [
                    {
                        "name": found.step,
                        "status": found.status.value,
                        "seconds": round(found.seconds, 3),
                        "message": found.message,
                        "log": found.log if found.status is Status.FAILED else "",
                    }
                    for found in verdict.outcomes
                ],
            }
            for verdict in summary.verdicts
        ],
        "findings": [
            {**asdict(finding), "features": list(finding.features), "cases": list(finding.cases)}
            for finding in summary.findings
        ],
    }

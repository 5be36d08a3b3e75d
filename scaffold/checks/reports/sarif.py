"""The report as SARIF 2.1.0, which GitHub's code scanning and many viewers read."""

import json
from typing import Any
from urllib.parse import quote

from scaffold import __version__
from scaffold.checks.result import CheckResult, Finding
from scaffold.checks.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LARGEST = 25_000  # results of a run that GitHub takes


def text(result: CheckResult) -> str:
    """Return the report as one run; paths are from the project's root."""
    rules = sorted({one.rule.id: one.rule for one in result.findings}.values(), key=_id)
    places = {rule.id: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "scaffold check",
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "invocations": [_invocation(result)],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(one, result.place(one), places[one.rule.id])
            for one in result.findings[:LARGEST]
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _id(rule: Rule) -> str:
    return rule.id


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {"tags": [tag for tag in (rule.name, rule.advice) if tag]},
    }


def _invocation(result: CheckResult) -> dict[str, Any]:
    return {
        "executionSuccessful": not result.not_run,
        "toolExecutionNotifications": [
            {"level": "error", "message": {"text": f"{one.what} was not checked: {one.reason}"}}
            for one in result.not_run
        ],
    }


def _result(one: Finding, path: str, number: int) -> dict[str, Any]:
    violation = one.violation
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": max(violation.line, 1)},
        }
    }
    if violation.symbol:
        location["logicalLocations"] = [{"fullyQualifiedName": violation.symbol}]
    return {
        "ruleId": one.rule.id,
        "ruleIndex": number,
        "level": one.level.value,
        "message": {"text": f"{violation.message}. {one.hint}"},
        "locations": [location],
        "partialFingerprints": {"scaffoldCheck/v1": one.fingerprint},
    }

"""What the services that read reports require, as far as the reports go.

SARIF: the published schema of 2.1.0; a property that is not here is a mistake. GitLab: its page on
Code Quality. JUnit: the schema of Jenkins' xUnit plugin. GitHub: its page on workflow commands.
"""

import re
from typing import Any

Schema = dict[str, Any]


def record(required: Schema, **optional: Schema) -> Schema:
    """An object that has some properties, may have others, and has no more."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


def array(items: Schema, **more: object) -> Schema:
    """A list of equal things."""
    return {"type": "array", "items": items, **more}


TEXT: Schema = {"type": "string", "minLength": 1}
LINE: Schema = {"type": "integer", "minimum": 1}
INDEX: Schema = {"type": "integer", "minimum": 0}
MESSAGE = record({"text": TEXT})
LEVEL: Schema = {"enum": ["none", "note", "warning", "error"]}
RELATIVE: Schema = {"type": "string", "pattern": r"^[^/\s:]+(/[^/\s:]+)*$"}
RULE = record(
    {"id": TEXT},
    name=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=record({}, level=LEVEL),
    properties=record({}, tags=array(TEXT, uniqueItems=True)),
)
LOCATION = record(
    {
        "physicalLocation": record(
            {"artifactLocation": record({"uri": RELATIVE}, uriBaseId=TEXT)},
            region=record({"startLine": LINE}),
        )
    },
    logicalLocations=array(record({"fullyQualifiedName": TEXT})),
)
RESULT = record(
    {"message": MESSAGE},
    ruleId=TEXT,
    ruleIndex=INDEX,
    level=LEVEL,
    locations=array(LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
)
INVOCATION = record(
    {"executionSuccessful": {"type": "boolean"}},
    toolExecutionNotifications=array(record({"message": MESSAGE}, level=LEVEL)),
)
DRIVER = record(
    {"name": TEXT},
    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
    rules=array(RULE, uniqueItems=True),
)
RUN = record(
    {"tool": record({"driver": DRIVER})},
    invocations=array(INVOCATION),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=array(RESULT),
)
SARIF = record(
    {"version": {"const": "2.1.0"}, "runs": array(RUN)}, **{"$schema": {"format": "uri", **TEXT}}
)
GITLAB = array(
    record(
        {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": record({"path": RELATIVE, "lines": record({"begin": LINE})}),
        }
    )
)
# element → the elements in it, the attributes that it has, and those that it may have
COUNTS = {"tests", "failures", "errors"}
JUNIT: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": ({"testsuite"}, set(), {"name", "time", *COUNTS}),
    "testsuite": ({"testcase"}, {"name", *COUNTS}, {"time"}),
    "testcase": ({"failure", "error", "system-out"}, {"name"}, {"classname", "time"}),
    "failure": (set(), set(), {"type", "message"}),
    "error": (set(), set(), {"type", "message"}),
    "system-out": (set(), set(), set()),
}
GITHUB = re.compile(r"::(error|warning|notice) (,?(title|file|line)=[^,:]+)+::.+")

"""Schemathesis sends what the document allows, and what it does not."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.contract.client import Client, token
from tests.projects import FORWARDED

# All of schemathesis' checks but three. `positive_data_acceptance`: a document cannot say that a
# reference exists or a value is free. `negative_data_rejection`: django-filter ignores an empty
# filter. `object_level_authorization` needs two people.
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "use_after_free",
    "ensure_resource_availability",
    "ignored_auth",
)
PER_OPERATION = 10
LEAST = 1000
TOKENS = "/api/v1/auth/token/"


@pytest.mark.parametrize("who", ["visitor", "staff"])
def test_no_answer_contradicts_the_document(base: str, tmp_path: Path, who: str) -> None:
    extra = ["--seed", "1", "-n", str(PER_OPERATION)]
    if who == "staff":  # fuzzing that path would revoke the token
        extra += [
            "-H",
            f"Authorization: Bearer {token(base, 'staff@example.com')}",
            "--exclude-path",
            TOKENS,
        ]
    report, output = _run(base, tmp_path, extra)
    assert not report["errors"], report["errors"]
    assert report["complete"], report["stop_reason"]
    assert report["operations"]["tested"] == report["operations"]["selected"] > 25
    assert report["test_cases"]["generated"] >= LEAST
    assert not report["failures"], output
    print(f"{who}: {report['test_cases']['generated']} examples")


def test_a_contradiction_is_found(base: str, tmp_path: Path) -> None:
    document = Client(base).get("/api/openapi.json").json()
    lists = document["paths"]["/api/v1/blog/posts/"]["get"]["responses"]
    for status in [status for status in lists if status != "200"]:
        del lists[status]
    changed = tmp_path / "openapi.json"
    changed.write_text(json.dumps(document))
    only = ["--include-path", "/api/v1/blog/posts/", "--include-method", "GET", "-n", "5"]
    report, _ = _run(base, tmp_path, ["--url", base, *only], location=str(changed))
    assert report["failures"]


def _run(
    base: str, place: Path, extra: list[str], location: str = "/api/openapi.json"
) -> tuple[dict[str, Any], str]:
    """Run schemathesis; return its report, and its text about failures."""
    target = base + location if location.startswith("/api/") else location
    report = place / "report.json"
    command = [Path(sys.executable).parent / "schemathesis", "--no-color", "run", target]
    command += [f"--header={name}: {value}" for name, value in FORWARDED.items()]
    command += ["--wait-for-schema", "60", "--request-timeout", "60"]
    command += ["--checks", ",".join(CHECKS), "--continue-on-failure"]
    command += ["--generation-database", "none", "--report-json-path", report, *extra]
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=place, env=env, capture_output=True, text=True, check=False, timeout=1800
    )
    assert report.exists(), done.stdout[-3000:] + done.stderr[-3000:]
    text = done.stdout.partition("= FAILURES =")[2].partition("= WARNINGS =")[0]
    return json.loads(report.read_text()), text[:20000]

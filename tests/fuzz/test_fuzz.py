"""Schemathesis reads the OpenAPI document and asks what the document allows, and what not."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.contract.client import PASSWORD, Client, data
from tests.contract.live import FORWARDED

# All of schemathesis' checks but two. `positive_data_acceptance`: a document cannot say that a
# reference exists or a value is free. `object_level_authorization` needs two people.
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_headers_conformance", "response_schema_conformance", "negative_data_rejection",
    "missing_required_header", "unsupported_method", "allow_header_conformance",
    "use_after_free", "ensure_resource_availability", "ignored_auth",
)  # fmt: skip
PER_OPERATION = 20
LEAST = 1000
TOKENS = "/api/v1/auth/token/"


@pytest.mark.parametrize("who", ["visitor", "staff"])
def test_nothing_contradicts_the_document(base: str, tmp_path: Path, who: str) -> None:
    extra = ["--seed", "1", "-n", str(PER_OPERATION)]
    if who == "staff":  # who fuzzes that path as staff revokes the token that is used
        extra += ["-H", f"Authorization: Bearer {_token(base)}", "--exclude-path", TOKENS]
    report, said = _run(base, tmp_path, extra)
    assert not report["errors"], report["errors"]
    assert report["complete"], report["stop_reason"]
    assert report["operations"]["tested"] == report["operations"]["selected"] > 30
    assert report["test_cases"]["generated"] >= LEAST
    limited = [one for one in report["warnings"]["rate_limited"] if TOKENS not in one]
    assert not limited, f"most answers were 429, so little was asked: {limited}"
    assert who == "visitor" or not report["warnings"]["missing_auth"], "staff was let in nowhere"
    assert not report["failures"], said
    print(f"{who}: {report['test_cases']['generated']} examples")


def test_a_broken_promise_is_found(base: str, tmp_path: Path) -> None:
    """The suite can fail: a document that promises too much is contradicted."""
    document = data(Client(base).get("/api/openapi.json"))
    del document["paths"]["/api/v1/blog/posts/"]["get"]["responses"]["400"]
    changed = tmp_path / "openapi.json"
    changed.write_text(json.dumps(document))
    only = ["--include-path", "/api/v1/blog/posts/", "--include-method", "GET", "-n", "5"]
    report, _ = _run(base, tmp_path, ["--url", base, *only], location=str(changed))
    assert "ST103" in {failure["code"] for failure in report["failures"]}


def _token(base: str) -> str:
    body = {"email": "staff@example.com", "password": PASSWORD}
    return str(data(Client(base).post(TOKENS, body), 201)["token"])


def _run(
    base: str, place: Path, extra: list[str], location: str = "/api/openapi.json"
) -> tuple[dict[str, Any], str]:
    """Run schemathesis; give its report, and what it printed about failures."""
    target = base + location if location.startswith("/api/") else location
    report = place / "report.json"
    command = [Path(sys.executable).parent / "schemathesis", "--no-color", "run", target]
    command += [f"--header={name}: {value}" for name, value in FORWARDED.items()]
    command += ["--checks", ",".join(CHECKS), "--continue-on-failure"]
    command += ["--generation-database", "none", "--report-json-path", report, *extra]
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=place, env=env, capture_output=True, text=True, check=False, timeout=900
    )
    assert report.exists(), done.stdout[-3000:] + done.stderr[-3000:]
    said = done.stdout.partition("= FAILURES =")[2].partition("= WARNINGS =")[0]
    return json.loads(report.read_text()), said[:20000]

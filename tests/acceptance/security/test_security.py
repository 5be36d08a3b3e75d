"""Bandit reads the project's code; pip-audit asks about what it installs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.projects import check, find_project, run

BIN = Path(sys.executable).parent
IMPORTED = "B404"  # every import of subprocess; its calls are judged one by one


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return find_project(request.config, tmp_path_factory)


def issues(folder: Path) -> list[str]:
    """Return what bandit says, but for lines that give their reason to ruff."""
    left_out = "*/.venv/*,*/.uv/*,*/tests/*,*/conftest.py"
    command = [BIN / "bandit", "-q", "-r", folder, "-x", left_out, "-s", IMPORTED, "-f", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report: dict[str, Any] = json.loads(done.stdout)
    assert not report["errors"], report["errors"]
    assert report["metrics"]["_totals"]["loc"] > 0
    return [
        f"{issue['test_id']} {issue['filename']}:{issue['line_number']} {issue['issue_text']}"
        for issue in report["results"]
        # ruff has the same rules under another letter
        if f"noqa: S{issue['test_id'][1:]}" not in _line(issue)
    ]


def _line(issue: dict[str, Any]) -> str:
    return Path(issue["filename"]).read_text().splitlines()[issue["line_number"] - 1]


def test_bandit_finds_nothing(project: Path) -> None:
    assert issues(project) == []


def test_bandit_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text("import subprocess\n\nsubprocess.run(input(), shell=True)\n")
    assert any("shell=True" in issue for issue in issues(tmp_path))


def test_pip_audit_finds_nothing(project: Path, tmp_path: Path) -> None:
    wanted = tmp_path / "requirements.txt"
    export = ["--no-hashes", "--output-file", str(wanted)]
    check(run(project, "uv", "export", "--quiet", "--no-dev", "--no-emit-project", *export))
    command = [BIN / "pip-audit", "-r", wanted, "--no-deps", "--disable-pip", "-f", "json"]
    command += ["--progress-spinner", "off", "--timeout", "10"]
    audit = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if not audit.stdout:
        pytest.skip(f"pip-audit: not run, its data is out of reach: {audit.stderr[-200:]}")
    found = json.loads(audit.stdout)["dependencies"]
    known = [one for one in found if "vulns" in one]
    if not known:
        pytest.skip(f"pip-audit: not run, none of {len(found)} packages is in its data")
    vulnerable = {one["name"]: one["vulns"] for one in known if one["vulns"]}
    assert not vulnerable, json.dumps(vulnerable, indent=1)[:4000]

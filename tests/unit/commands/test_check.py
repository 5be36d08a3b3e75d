"""`scaffold check` on projects that scaffold has never seen."""

import json
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.errors import Exit
from tests.unit.checks.conftest import write
from tests.unit.checks.projects import BLOG, CASES, FLASK

Captured = pytest.CaptureFixture[str]
BROKEN = CASES["relationship-without-loading"][0]


def test_a_violation_is_shown_with_its_line_and_what_to_do(
    tmp_path: Path, capsys: Captured
) -> None:
    assert run(["check", str(write(tmp_path, BROKEN))]) == Exit.VIOLATIONS
    said = capsys.readouterr()
    assert "app/blog/models.py:5  warning  SCF207 relationship-without-loading" in said.out
    assert '5 │ author = db.relationship("User")' in said.out
    assert 'lazy="joined"' in said.out
    assert "1 warning; " in said.err
    assert "scaffold check --explain relationship-without-loading" in said.err


@pytest.mark.parametrize("files", [BLOG, FLASK], ids=["django", "flask"])
def test_a_good_project_is_done(files: dict[str, str], tmp_path: Path, capsys: Captured) -> None:
    assert run(["check", str(write(tmp_path, files))]) == Exit.DONE
    assert "no violations" in capsys.readouterr().err
    assert run(["check", str(tmp_path), "--quiet"]) == Exit.DONE
    assert capsys.readouterr() == ("", "")


def test_the_current_directory_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    write(tmp_path, {**BROKEN, ".scaffold.toml": ""})
    monkeypatch.chdir(tmp_path / "app/blog")
    assert run(["check", "--json"]) == Exit.VIOLATIONS
    [violation] = json.loads(capsys.readouterr().out)["violations"]
    assert violation["path"] == "app/blog/models.py"


def test_nothing_to_check_is_not_green(tmp_path: Path, capsys: Captured) -> None:
    write(tmp_path, {"tool.py": "import sys\n"})
    assert run(["check", str(tmp_path)]) == Exit.NOT_RUN
    assert "imports Flask or Django, so nothing was checked" in capsys.readouterr().err


def test_a_rule_explains_itself(capsys: Captured) -> None:
    assert run(["check", "--explain", "SCF207"]) == Exit.DONE
    said = capsys.readouterr().out
    assert said.startswith("SCF207 relationship-without-loading  warning")
    assert "A5: SQLAlchemy declares joins once" in said
    assert run(["check", "--explain", "module-lines", "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["limit"] == 1000
    assert run(["check", "--explain", "module-line"]) == Exit.USAGE
    assert "did you mean module-lines?" in capsys.readouterr().err


def test_a_report_goes_into_a_file_beside_what_is_shown(tmp_path: Path, capsys: Captured) -> None:
    root = write(tmp_path / "shop", BROKEN)
    sarif = tmp_path / "check.sarif"
    words = ["check", str(root), "--output", "terminal", "--output", f"sarif={sarif}"]
    assert run(words) == Exit.VIOLATIONS
    assert "SCF207" in capsys.readouterr().out
    assert json.loads(sarif.read_text("utf-8"))["runs"][0]["results"]

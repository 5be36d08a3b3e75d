"""Running rules: what could not be checked is never passed, and a violation keeps its name."""

from dataclasses import replace
from pathlib import Path

import pytest

from scaffold.checks import RULES, Project, find_rule, run_rules
from scaffold.checks.rule import Level
from scaffold.errors import Exit, ScaffoldError, UsageError
from tests.unit.checks.conftest import write
from tests.unit.checks.projects import CASES, FLASK

BROKEN = CASES["relationship-without-loading"][0]


def test_a_rule_that_fails_is_not_run_and_the_others_are(tmp_path: Path) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("no")

    broken = replace(find_rule("module-lines"), check=fail)
    result = run_rules(Project(write(tmp_path, BROKEN)), [broken, *RULES])
    assert [one.what for one in result.not_run] == ["module-lines"]
    assert result.code == Exit.VIOLATIONS
    fine = run_rules(Project(write(tmp_path, FLASK)), [broken])
    assert fine.code == Exit.NOT_RUN


def test_a_file_that_is_not_python_is_not_checked(tmp_path: Path) -> None:
    result = run_rules(Project(write(tmp_path, {**FLASK, "app/new.py": "x = \n"})))
    [missing] = result.not_run
    assert missing.what == "app/new.py"
    assert "line 1: invalid syntax (read as Python 3." in missing.reason
    assert result.code == Exit.NOT_RUN


def test_a_fingerprint_names_a_violation_whatever_line_it_is_on(tmp_path: Path) -> None:
    rule = [find_rule("relationship-without-loading")]
    before = run_rules(Project(write(tmp_path, BROKEN)), rule)
    moved = {**BROKEN, "app/blog/models.py": "# a line\n\n" + BROKEN["app/blog/models.py"]}
    after = run_rules(Project(write(tmp_path, moved)), rule)
    assert before.findings[0].violation.line != after.findings[0].violation.line
    assert before.findings[0].fingerprint == after.findings[0].fingerprint


def test_two_violations_of_one_symbol_have_two_fingerprints(tmp_path: Path) -> None:
    text = (
        FLASK["app/blog/views.py"]
        + '\n\ndef more():\n    url_for("blog.x")\n    url_for("blog.x")\n'
    )
    project = Project(write(tmp_path, {**FLASK, "app/blog/views.py": text}))
    result = run_rules(project, [find_rule("unknown-endpoint")])
    assert len({one.fingerprint for one in result.findings}) == 2


def test_a_note_does_not_fail(tmp_path: Path) -> None:
    note = replace(find_rule("relationship-without-loading"), level=Level.NOTE)
    result = run_rules(Project(write(tmp_path, BROKEN)), [note])
    assert result.count(Level.NOTE) == 1
    assert result.code == Exit.DONE


def test_a_rule_is_found_by_id_or_name() -> None:
    assert find_rule("scf207") is find_rule("relationship-without-loading")
    with pytest.raises(UsageError, match="there is no rule") as error:
        find_rule("relationship-without-load")
    assert error.value.hint == "did you mean relationship-without-loading?"


def test_a_project_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ScaffoldError, match="is not a directory"):
        Project(tmp_path / "nothing")


def test_other_peoples_code_is_left_out(tmp_path: Path) -> None:
    files = {**FLASK, "vendor/x.py": "x = \n", "node_modules/y.py": "y = \n", ".tox/z.py": "z = \n"}
    assert run_rules(Project(write(tmp_path, files))).code == Exit.DONE

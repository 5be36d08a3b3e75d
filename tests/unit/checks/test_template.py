"""Files that stay the template's, and a template with a newer version."""

import re
from pathlib import Path

import pytest

from scaffold.checks import Project, find_rule, run_rules
from scaffold.checks.fixing import apply_fixes
from scaffold.checks.result import CheckResult
from scaffold.cli import run
from scaffold.project.base import BASE
from scaffold.project.staging import STATE_FILE
from tests.tiny_pack import TinyPack

RULES = [find_rule("owned-file-changed"), find_rule("template-behind")]


@pytest.fixture
def root(tiny: TinyPack, work: Path) -> Path:
    """A project of a pack that keeps two of its files."""
    tiny.write("pack.toml", 'owned = ["verbatim/*", "run.sh"]\n')
    line = ["new", "acme", "-y", "-q", "--no-install", "--framework", str(tiny.root)]
    assert run([*line, "--resource", "blog.Post: title:str"]) == 0
    return work / "acme"


def checked(root: Path) -> CheckResult:
    return run_rules(Project(root), RULES)


def test_a_file_of_the_template_that_was_changed_or_removed_is_reported(root: Path) -> None:
    assert not checked(root).findings
    (root / "run.sh").write_text("#!/bin/sh\n")
    (root / "verbatim/{{ kept }}.txt").unlink()
    (root / "page.html").write_text("mine\n")  # merged: the user's to change
    found = {one.violation.message for one in checked(root).findings}
    assert found == {
        "run.sh is the template's, and was changed",
        "verbatim/{{ kept }}.txt is the template's, and was removed",
    }


def test_line_ends_are_no_change(root: Path) -> None:
    path = root / "run.sh"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert not checked(root).findings


def test_without_its_base_the_rule_cannot_run(root: Path) -> None:
    (root / BASE).unlink()
    [missing] = checked(root).not_run
    assert missing.what == "owned-file-changed"
    assert "scaffold update writes it anew" in missing.reason
    assert "bug" not in missing.reason


def test_a_damaged_state_file_is_not_passed(root: Path) -> None:
    (root / STATE_FILE).write_text("[recipe")
    assert [one.what for one in checked(root).not_run] == ["owned-file-changed", "template-behind"]


@pytest.mark.parametrize(("version", "notes"), [("0.0.1", 1), ("99.0", 0)])
def test_an_older_template_is_a_note(version: str, notes: int, work: Path) -> None:
    assert run(["new", "shop", "-y", "-q", "--no-install", "--framework", "flask"]) == 0
    state = work / "shop" / STATE_FILE
    text = re.sub('pack_version = ".*"', f'pack_version = "{version}"', state.read_text("utf-8"))
    state.write_text(text, "utf-8")
    result = checked(work / "shop")
    assert [one.rule.name for one in result.findings] == ["template-behind"] * notes
    assert result.code == 0


def test_a_changed_file_of_the_template_is_restored(root: Path) -> None:
    before = (root / "run.sh").read_bytes()
    (root / "run.sh").write_text("#!/bin/sh\n")
    project = Project(root)
    assert apply_fixes(project, run_rules(project, RULES), unsafe=False) == ("run.sh",)
    assert (root / "run.sh").read_bytes() == before
    assert not checked(root).findings


def test_taking_the_patterns_out_of_the_state_file_changes_nothing(root: Path) -> None:
    state = root / STATE_FILE
    state.write_text(re.sub(r"owned = \[.*?\]\n", "", state.read_text("utf-8"), flags=re.DOTALL))
    assert "owned" not in state.read_text("utf-8")
    (root / "run.sh").write_text("#!/bin/sh\n")
    assert [one.violation.path for one in checked(root).findings] == ["run.sh"]

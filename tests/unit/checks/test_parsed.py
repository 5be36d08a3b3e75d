"""What is remembered of parsed files changes no result."""

from pathlib import Path

import pytest

from scaffold.checks import CheckResult, Project, parsed, run_rules
from scaffold.rendering import cache
from tests.unit.checks.conftest import write
from tests.unit.checks.projects import BLOG, CASES, CYCLE, FLASK

pytestmark = pytest.mark.usefixtures("cold_cache")

ALL = {
    f"{number}/{path}": text
    for number, (files, *_) in enumerate(CASES.values())
    for path, text in files.items()
}


def facts(result: CheckResult) -> list[object]:
    return [(one.rule.id, one.level, one.violation, one.fingerprint) for one in result.findings]


@pytest.mark.parametrize(
    "files", [ALL, BLOG, FLASK, CYCLE], ids=["all", "django", "flask", "cycle"]
)
def test_a_warm_check_finds_what_a_cold_one_does(
    files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path / "project", files)
    cold = run_rules(Project(root))
    monkeypatch.setattr("ast.parse", None)  # nothing is parsed again
    warm = run_rules(Project(root))
    assert facts(warm) == facts(cold)
    assert warm.not_run == cold.not_run
    assert (warm.modules, warm.lines) == (cold.modules, cold.lines)


def test_a_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    root = write(tmp_path / "project", FLASK)
    assert not run_rules(Project(root)).findings
    write(root, {"app/__init__.py": CASES["blueprint-not-registered"][0]["app/__init__.py"]})
    assert [one.rule.name for one in run_rules(Project(root)).findings] == [
        "blueprint-not-registered"
    ]


def test_the_same_file_under_another_name_is_read_anew(tmp_path: Path) -> None:
    text = "from . import views\n"
    root = write(tmp_path / "project", {"a/__init__.py": text, "b/__init__.py": text})
    for _ in range(2):
        project = Project(root)
        assert [module.aliases for module in project.modules] == [
            {"views": "a.views"},
            {"views": "b.views"},
        ]
        project.remember()


@pytest.mark.parametrize("damage", [b"", b"not compressed"])
def test_a_broken_entry_is_ignored(
    damage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path / "project", CASES["relationship-without-loading"][0])
    monkeypatch.setattr(parsed, "_pack", lambda _module: damage)
    before = run_rules(Project(root))
    assert len(list(cache.directory().iterdir())) == 1
    assert facts(run_rules(Project(root))) == facts(before)

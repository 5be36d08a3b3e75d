"""Each fix: what it fixed is clean, doing it again changes nothing, every file still parses."""

import ast
import json
from pathlib import Path

import pytest

from scaffold.checks import RULES
from scaffold.cli import run
from scaffold.errors import Exit
from tests.unit.checks.conftest import write
from tests.unit.checks.projects import BLOG, CASES, FLASK, POST, SETTINGS, django, without

Captured = pytest.CaptureFixture[str]
OLD = "# scaffold: ignore[SCF207]: old\n"
NUMBER = "    number = 1  # scaffold: ignore[import-cycle]: there was one\n"
FIXES = {
    "missing-file": without(BLOG, "apps/blog/migrations"),
    "model-without-admin": CASES["model-without-admin"][0],
    "app-not-installed": CASES["app-not-installed"][0],
    "unsafe-production-settings": django(
        config__settings=f'"""Settings."""\n\n{SETTINGS}DEBUG = True\nSECRET_KEY = "a-secret"\n'
    ),
    "unused-suppression": {
        **FLASK,
        "app/blog/models.py": f"{OLD}{FLASK['app/blog/models.py']}{NUMBER}",
    },
}
SAFE = {"missing-file", "unused-suppression"}


def found(root: Path, capsys: Captured, *words: str) -> tuple[set[str], list[str]]:
    capsys.readouterr()
    run(["check", str(root), "--json", *words])
    said = json.loads(capsys.readouterr().out)
    return {one["name"] for one in said["violations"]}, said["fixed"]


def test_every_fix_but_the_templates_is_tried() -> None:
    assert {rule.name for rule in RULES if rule.fix} == {*FIXES, "owned-file-changed"}


@pytest.mark.parametrize("name", FIXES)
def test_a_fix_leaves_a_clean_project_and_nothing_to_do(
    name: str, tmp_path: Path, capsys: Captured
) -> None:
    root = write(tmp_path, FIXES[name])
    assert name in found(root, capsys)[0]
    flag = "--fix" if name in SAFE else "--unsafe-fixes"
    left, fixed = found(root, capsys, flag)
    assert not left
    assert fixed
    for path in root.rglob("*.py"):
        ast.parse(path.read_text("utf-8"))
    before = {path: path.read_bytes() for path in root.rglob("*.py")}
    assert found(root, capsys, flag) == (set(), [])
    assert before == {path: path.read_bytes() for path in root.rglob("*.py")}


@pytest.mark.parametrize("name", sorted(set(FIXES) - SAFE))
def test_an_unsafe_fix_needs_its_flag(name: str, tmp_path: Path, capsys: Captured) -> None:
    root = write(tmp_path, FIXES[name])
    left, fixed = found(root, capsys, "--fix")
    assert name in left
    assert not fixed


def test_two_models_of_one_app_are_registered_in_one_run(tmp_path: Path, capsys: Captured) -> None:
    models = POST + "\nclass Tag(models.Model): ...\n\nclass Note(models.Model): ...\n"
    root = write(tmp_path, without(django(apps__blog__models=models), "apps/blog/admin.py"))
    write(
        root, {"apps/other/admin.py": "from django.contrib import admin\nadmin.site.register(X)\n"}
    )
    assert found(root, capsys, "--unsafe-fixes")[1] == ["apps/blog/admin.py"]
    text = (root / "apps/blog/admin.py").read_text("utf-8")
    assert text.count("from django.contrib import admin") == 1
    assert text.count("@admin.register(") == 3


def test_an_app_is_installed_in_a_list_of_several_lines(tmp_path: Path, capsys: Captured) -> None:
    listed = 'INSTALLED_APPS = [\n    "django.contrib.admin",\n]\n'
    root = write(tmp_path, django(config__settings=listed))
    assert found(root, capsys, "--unsafe-fixes") == (set(), ["config/settings.py"])
    text = (root / "config/settings.py").read_text("utf-8")
    assert text == 'INSTALLED_APPS = [\n    "django.contrib.admin",\n    "apps.blog",\n]\n'


def test_what_was_fixed_is_said(tmp_path: Path, capsys: Captured) -> None:
    root = write(tmp_path, FIXES["missing-file"])
    assert run(["check", str(root), "--fix"]) == Exit.DONE
    assert "fixed: apps/blog/migrations/__init__.py" in capsys.readouterr().err

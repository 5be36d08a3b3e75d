"""`scaffold adopt`: projects that scaffold has not made, under the tool."""

import json
import subprocess
from pathlib import Path

import pytest

from scaffold.checks.baseline import NAME as BASELINE
from scaffold.cli import run
from scaffold.errors import Exit
from scaffold.project.base import BASE
from scaffold.project.staging import STATE_FILE
from scaffold.project.state import read_base, read_state
from tests.unit.checks.conftest import write
from tests.unit.checks.projects import BLOG, CASES

Captured = pytest.CaptureFixture[str]
BROKEN = {
    **CASES["relationship-without-loading"][0],
    "Dockerfile": "FROM python\n",
    "pyproject.toml": '[project]\nname = "my_shop"\ndescription = "Sells."\n'
    'dependencies = ["flask", "psycopg[binary]>=3", "redis"]\n',
    "uv.lock": "",
}
NEW = '    editor = db.relationship("User")\n'
MODELS = "app/blog/models.py"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a Flask project that breaks a rule; the current directory."""
    root = write(tmp_path / "my-shop", BROKEN)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "mine"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    monkeypatch.chdir(root)
    return root


def changed(root: Path) -> set[str]:
    done = subprocess.run(
        ["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=True
    )
    return {line[3:] for line in done.stdout.splitlines()}


def test_a_dry_run_shows_what_is_found_and_writes_nothing(root: Path, capsys: Captured) -> None:
    assert run(["adopt", "--dry-run"]) == Exit.DONE
    said = capsys.readouterr().out
    assert "My Shop, the template flask" in said
    assert "docker    it has Dockerfile" in said
    assert "postgres  it depends on psycopg" in said
    assert "cache" not in said  # redis alone may be anything
    assert "1 violation of the layout" in said
    assert changed(root) == set()


def test_only_the_files_of_scaffold_are_written(root: Path, capsys: Captured) -> None:
    assert run(["adopt", "--json"]) == Exit.DONE
    said = json.loads(capsys.readouterr().out)
    assert set(said["written"]) == changed(root) == {BASELINE, BASE, STATE_FILE}
    assert "Dockerfile" in said["different"]
    assert "app/extensions.py" in said["different"]
    assert "wsgi.py" in said["missing"]
    state = read_state(root)
    assert (state.recipe.slug, state.recipe.description) == ("my-shop", "Sells.")
    assert state.recipe.features == ("docker", "postgres")
    assert state.recipe.apps == ()
    found = read_base(root)
    assert found
    assert found[1].recipe == state.recipe


def test_a_second_adopt_changes_nothing(root: Path, capsys: Captured) -> None:
    run(["adopt"])
    before = {path: path.read_bytes() for path in root.iterdir() if path.is_file()}
    assert run(["adopt"]) == Exit.DONE
    assert "is under scaffold already" in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in root.iterdir() if path.is_file()}


def test_afterwards_check_is_green_until_something_new_breaks_a_rule(root: Path) -> None:
    run(["adopt"])
    assert run(["check"]) == Exit.DONE
    write(root, {MODELS: BROKEN[MODELS] + NEW})
    assert run(["check"]) == Exit.VIOLATIONS


def test_afterwards_diff_and_update_work(root: Path, capsys: Captured) -> None:
    run(["adopt"])
    subprocess.run(["git", "add", "."], cwd=root, check=True)
    subprocess.run(["git", "commit", "-qm", "adopt"], cwd=root, check=True)
    capsys.readouterr()
    assert run(["diff", "--stat"]) == Exit.DONE
    assert "Dockerfile" in capsys.readouterr().out
    assert run(["update", "--no-install"]) == Exit.DONE
    assert changed(root) == set()


def test_django_is_found_by_its_settings(tmp_path: Path) -> None:
    root = write(tmp_path, BLOG)
    assert run(["adopt", str(root), "--json"]) == Exit.DONE
    recipe = read_state(root).recipe
    assert recipe.pack == "django"
    assert "admin" in recipe.features
    assert not (root / BASELINE).exists()


def test_what_is_no_project_is_refused(tmp_path: Path, capsys: Captured) -> None:
    write(tmp_path, {"tool.py": "import sys\n"})
    assert run(["adopt", str(tmp_path)]) == Exit.NOT_RUN
    assert "imports Flask or Django" in capsys.readouterr().err
    assert run(["adopt", str(tmp_path), "--framework", "flaks"]) == Exit.USAGE
    assert "did you mean flask?" in capsys.readouterr().err
    assert not (tmp_path / STATE_FILE).exists()

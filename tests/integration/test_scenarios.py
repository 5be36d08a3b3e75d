"""The scenarios in which updates lose work elsewhere: nothing is lost, every conflict is named."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.errors import Exit
from tests.scenarios import Scenario, edit_as_user, outcome, scenarios, write_pack

Captured = pytest.CaptureFixture[str]


@dataclass(frozen=True)
class Updated:
    """A project after the update.

    Args:
        root: the project.
        before: its files before.
        conflicts: the kind of conflict by path, as the command named it.
        words: what the command said of each file.
    """

    root: Path
    before: dict[str, bytes]
    conflicts: dict[str, str]
    words: dict[str, str]


def files(root: Path) -> dict[str, bytes]:
    skipped = {".git", ".scaffold.undo"}
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not skipped & set(path.relative_to(root).parts)
    }


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Updated]:
    """All scenarios at once: born, edited by its user, updated."""
    folder = tmp_path_factory.mktemp("scenarios")
    first = write_pack(folder / "first", second=False)
    root = folder / "demo"
    line = ["new", str(root), "-y", "-q", "--no-install", "--framework", str(first)]
    assert run(line) == 0
    edit_as_user(root)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "mine")
    before = files(root)
    second = write_pack(folder / "second", second=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        words = ["update", "--json", "--no-install", "--pack", str(second)]
        command = [sys.executable, "-m", "scaffold", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == Exit.CONFLICTS, done.stderr
        said = json.loads(done.stdout)
        conflicts = {one["path"]: one["kind"] for one in said["conflicts"]}
        words = {path: one["status"] for path, one in said["files"].items()}
        yield Updated(root, before, conflicts, words)


def place(one: Scenario) -> str:
    return one.moved or one.renamed or one.path


@pytest.mark.parametrize("one", scenarios(), ids=lambda one: one.name)
def test_a_scenario_ends_as_it_should(one: Scenario, updated: Updated) -> None:
    assert outcome(one, updated.root, place(one) in updated.conflicts) is one.wanted


def test_no_conflict_is_named_that_is_none(updated: Updated) -> None:
    assert updated.conflicts == {
        "added.py": "add/add",
        "b.py": "content",
        "f.py": "modify/delete",
        "h.py": "modify/delete",
        "logo.png": "binary",
    }
    unmerged = git(updated.root, "ls-files", "--unmerged")
    assert {line.partition("\t")[2] for line in unmerged.splitlines()} == set(updated.conflicts)


def test_what_a_merge_keeps(updated: Updated) -> None:
    root = updated.root
    assert b"\r\n" in (root / "crlf.txt").read_bytes()
    assert b"\n" not in (root / "crlf.txt").read_bytes().replace(b"\r\n", b"")
    assert (root / "script.sh").stat().st_mode & 0o111
    assert not (root / "old_name.py").exists()
    assert not (root / "h.py").exists()
    for path in ("f.py", "logo.png", ".env"):  # the user's, untouched
        assert (root / path).read_bytes() == updated.before[path]
    assert b"word_of_the_template" in (root / ".env.example").read_bytes()
    assert updated.words["pages/moved.py"] == "merge"


def test_zz_abort_restores_every_byte(updated: Updated, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(updated.root)
    assert run(["undo", "--abort"]) == 0
    assert files(updated.root) == updated.before
    assert git(updated.root, "status", "--porcelain") == ""

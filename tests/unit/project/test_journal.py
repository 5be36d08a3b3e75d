"""The journal: one atomic step, undone byte for byte; a kill leaves before or after."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.errors import ScaffoldError
from scaffold.model.tree import File, Tree
from scaffold.project import journal
from scaffold.project.journal import (
    apply,
    changes,
    extend,
    last_step,
    lock,
    read_files,
    recover,
    undo,
)

BEFORE = Tree(
    {
        "manage.py": File(b"#!/usr/bin/env python\n", True),
        "app/models.py": File(b"class Post: ...\n"),
        "app/views.py": File(b"def index(): ...\n"),
        "app/old/deep/file.py": File(b"x = 1\n"),
        "page": File(b"a file that becomes a directory\n"),
        "logo.png": File(b"\x89PNG\0\1"),
        "mine.txt": File(b"the user's own\n"),
    }
)
AFTER = Tree(
    {
        "manage.py": File(b"#!/usr/bin/env python3\n"),
        "app/models.py": File(b"class Post: ...\n\n\nclass Tag: ...\n" * 400),
        "app/pages.py": File(b"def index(): ...\n"),
        "app/orders/new/models.py": File(b"class Order: ...\n"),
        "page/index.html": File(b"<p>\n"),
        "run.sh": File(b"#!/bin/sh\n", True),
        "logo.png": File(b"\x89PNG\0\2"),
        "mine.txt": File(b"the user's own\n"),
    }
)


def fill(root: Path, tree: Tree = BEFORE) -> Path:
    root.mkdir(exist_ok=True)
    for path, file in tree.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)
        place.chmod(0o755 if file.executable else 0o644)
    return root


def snapshot(root: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder but the journal: modes, contents, directories."""
    found = {}
    for place in sorted(root.rglob("*")):
        path = place.relative_to(root).as_posix()
        if path.split("/")[0] == journal.FOLDER:
            continue
        mode = stat.S_IMODE(place.lstat().st_mode)
        found[path] = (0, b"") if place.is_dir() else (mode, place.read_bytes())
    return found


def test_a_step_writes_removes_and_comes_back(tmp_path: Path) -> None:
    root = fill(tmp_path / "project")
    (root / "app/views.py").chmod(0o600)
    (root / "empty").mkdir()
    before = snapshot(root)
    apply(root, changes(root, "update", BEFORE, AFTER))
    assert read_files(root, {*BEFORE, *AFTER}) == AFTER
    assert not (root / "app/old").exists()
    assert (root / "empty").is_dir()
    step = last_step(root)
    assert step is not None
    assert step.name == "update"
    assert "mine.txt" not in step.paths
    assert undo(root).name == "update"
    assert snapshot(root) == before
    assert last_step(root) is None
    with pytest.raises(ScaffoldError, match="nothing to undo"):
        undo(root)


def test_git_does_not_see_the_journal(tmp_path: Path) -> None:
    root = fill(tmp_path / "project")
    apply(root, changes(root, "update", BEFORE, BEFORE))
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    seen = subprocess.run(
        ["git", "status", "--porcelain", "-uall"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    assert journal.FOLDER not in seen.stdout


def test_undo_refuses_over_later_changes_and_can_leave_them(tmp_path: Path) -> None:
    root = fill(tmp_path / "project")
    apply(root, changes(root, "add app orders", BEFORE, AFTER))
    (root / "app/models.py").write_text("mine\n")
    now = snapshot(root)
    with pytest.raises(
        ScaffoldError, match=r"app/models\.py changed after add app orders"
    ) as caught:
        undo(root)
    assert caught.value.code == 3
    assert snapshot(root) == now
    undo(root, force=True)
    assert read_files(root, BEFORE) == Tree({**BEFORE, "app/models.py": File(b"mine\n")})


def test_a_file_changed_meanwhile_stops_the_step(tmp_path: Path) -> None:
    root = fill(tmp_path / "project")
    (root / "app/models.py").write_text("saved by an editor a moment ago\n")
    with pytest.raises(ScaffoldError, match=r"app/models\.py was changed meanwhile"):
        changes(root, "update", BEFORE, AFTER)


def test_an_error_while_writing_leaves_the_project_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = fill(tmp_path / "project")
    before, write = snapshot(root), journal._write_file
    calls = []

    def failing(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "_write_file", failing)
    with pytest.raises(OSError, match="No space"):
        apply(root, changes(root, "update", BEFORE, AFTER))
    assert snapshot(root) == before
    assert last_step(root) is None


def test_what_another_program_wrote_afterwards_is_undone_too(tmp_path: Path) -> None:
    root = fill(tmp_path / "project")
    before = snapshot(root)
    apply(root, changes(root, "add resource", BEFORE, AFTER))
    whole = read_files(root, {*BEFORE, *AFTER})
    (root / "app/migrations").mkdir()
    (root / "app/migrations/0002_tag.py").write_text("operations = []\n")
    (root / "mine.txt").write_text("max migration\n")
    (root / "run.sh").write_text("changed again\n")
    extend(root, whole, ["app/migrations/0002_tag.py", "mine.txt", "run.sh"])
    undo(root)
    assert snapshot(root) == before


@pytest.mark.parametrize("path", ["../outside.py", "/etc/passwd", ".git/hooks/post-commit"])
def test_no_path_leads_out_of_the_project(tmp_path: Path, path: str) -> None:
    root = fill(tmp_path / "project")
    with pytest.raises(ScaffoldError, match="not a path within the project"):
        changes(root, "update", BEFORE, Tree({**BEFORE, path: File(b"")}))


def test_no_link_is_followed(tmp_path: Path) -> None:
    root, outside = fill(tmp_path / "project"), tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("secret")
    (root / "linked").symlink_to(outside)
    (root / "file").symlink_to(outside / "secret")
    assert read_files(root, ["linked/secret", "file", "nothing"]) == Tree({})
    with pytest.raises(ScaffoldError, match="linked is a link"):
        changes(root, "update", BEFORE, Tree({**BEFORE, "linked/new": File(b"")}))
    with pytest.raises(ScaffoldError, match="file was changed meanwhile"):
        changes(root, "update", BEFORE, Tree({**BEFORE, "file": File(b"")}))


def test_one_command_at_a_time(tmp_path: Path) -> None:
    root = fill(tmp_path / "project")
    with lock(root), pytest.raises(ScaffoldError, match="another scaffold command"), lock(root):
        raise AssertionError
    with lock(root):
        pass


FILES = st.builds(File, st.sampled_from([b"", b"a\n", b"b\r\n", b"\0"]), st.booleans())
PATHS = st.sampled_from(["a", "b", "c/d", "c/e", "f/g/h", "f/g/i"])
TREES = st.dictionaries(PATHS, FILES, max_size=6).map(Tree)


@settings(max_examples=50)
@given(before=TREES, after=TREES)
def test_undo_restores_any_change(
    before: Tree, after: Tree, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = fill(tmp_path_factory.mktemp("project"), before)
    was = snapshot(root)
    apply(root, changes(root, "update", before, after))
    assert read_files(root, {*before, *after}) == after
    undo(root)
    assert snapshot(root) == was


EVENTS = ("open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.chmod")


def killed_at(root: Path, act: str, number: int) -> bool:
    """Run an act in a child that is killed at its n-th change of files; whether it was."""
    child = os.fork()
    if not child:
        count = 0

        def count_down(event: str, _arguments: object) -> None:
            nonlocal count
            if event in EVENTS:
                count += 1
                if count == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count_down)
        if act == "apply":
            apply(root, changes(root, "update", BEFORE, AFTER))
        elif act == "undo":
            undo(root)
        else:
            recover(root)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_killed_at_every_moment_a_step_is_before_or_after(tmp_path: Path) -> None:
    """A step, its undo and its recovery are killed at each of their changes of files."""
    kills = 0
    for number in range(1, 200):
        root = fill(tmp_path / f"project{number}")
        before = snapshot(root)
        if not killed_at(root, "apply", number):
            break
        kills += 1
        for again in range(1, 200 if number % 4 == 2 else 1):  # the recovery is killed as well
            if not killed_at(root, "recover", again):
                break
            kills += 1
        recover(root)
        done = last_step(root)
        assert snapshot(root) == before if done is None else read_files(root, AFTER) == AFTER
    root = fill(tmp_path / "undone")
    before = snapshot(root)
    for number in range(1, 200):
        apply(root, changes(root, "update", BEFORE, AFTER))
        after = snapshot(root)
        killed = killed_at(root, "undo", number)
        kills += killed
        recover(root)
        if last_step(root):
            assert snapshot(root) == after
            undo(root)
        assert snapshot(root) == before
        if not killed:
            break
    assert kills >= 200


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_killed_at_any_time_a_step_is_before_or_after(tmp_path: Path) -> None:
    root = fill(tmp_path / "project")
    before = snapshot(root)
    for kill in range(30):
        child = os.fork()
        if not child:
            while True:
                apply(root, changes(root, "update", BEFORE, AFTER))
                undo(root)
        time.sleep(kill * 0.0017)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        recover(root)
        if last_step(root):
            undo(root)
        assert snapshot(root) == before

"""A project on disk: its files, its secrets, its manifest, and the place where it grows."""

import errno
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest

from scaffold import __version__
from scaffold.errors import Exit, ScaffoldError
from scaffold.model.recipe import Recipe, from_dict
from scaffold.model.tree import File, Tree
from scaffold.packs.pack import read_pack
from scaffold.project import staging
from scaffold.project.dotenv import dotenv_file
from scaffold.project.files import write_tree
from scaffold.project.staging import STATE_FILE, check_target, disk_errors, publish
from scaffold.project.state import state_file, state_files
from tests.tiny_pack import ROOT, TinyPack, build

TREE = Tree(
    {
        "README.md": File(b"# x\n"),
        "bin/run": File(b"#!/bin/sh\n", executable=True),
        "deep/er/x.bin": File(b"\0\r\n\xff"),
        ".env": File(b"A=1\n"),
    }
)


def stage(target: Path, act: Callable[[Path], object]) -> None:
    """Do something in a staging directory."""
    with staging.staging(target) as folder:
        act(folder)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def left(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_tree_is_written_byte_for_byte_with_its_modes(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_tree(TREE, tmp_path)
    finally:
        os.umask(before)
    assert {p: (tmp_path / p).read_bytes() for p in TREE} == {p: f.content for p, f in TREE.items()}
    assert mode(tmp_path / "bin/run") == 0o755
    assert mode(tmp_path / "README.md") == 0o644
    assert mode(tmp_path / ".env") == 0o600


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(FileExistsError):
        write_tree(TREE, tmp_path)
    assert (tmp_path / "README.md").read_text() == "mine"


def test_secrets_are_fresh_long_and_distinct() -> None:
    tree = Tree({".env.example": File(b"# say generate\nA=generate-me\nB=generate-me\nC=1\n")})
    texts = [dotenv_file(tree)[".env"].content.decode() for _ in range(2)]
    secrets = re.findall(r"[AB]=(\S+)", "".join(texts))
    assert len(secrets) == len(set(secrets)) == 4
    assert all(len(secret) >= 48 for secret in secrets)
    assert all(text.startswith("# say generate\n") and text.endswith("C=1\n") for text in texts)
    assert dotenv_file(Tree({})) == Tree({})


def test_the_manifest_holds_recipe_pack_and_versions(tiny: TinyPack) -> None:
    pack = read_pack(tiny.root)
    recipe = Recipe(str(tiny.root), 'Ac"me', "acme", features=("docker",), pack_version="1.2.3")
    file = state_file(recipe, pack, {})
    assert state_file(recipe, pack, {}) == file
    values = tomllib.loads(file.content.decode())
    assert from_dict(values["recipe"]) == replace(recipe, pack="tiny")
    assert values["pack"] == {"tree": pack.tree_hash()}
    assert values["versions"] == {
        "scaffold": __version__,
        **{name: version(name) for name in ("cookiecutter", "jinja2", "ruff")},
    }
    assert state_files(recipe, pack, TREE)[STATE_FILE] == file


def test_the_manifest_is_the_same_wherever_the_pack_is(tiny: TinyPack, tmp_path: Path) -> None:
    first = state_file(Recipe(str(tiny.root), "Acme", "acme"), read_pack(tiny.root), {})
    other = build(tmp_path / "elsewhere" / "tiny")
    again = state_file(Recipe(str(other.root), "Acme", "acme"), read_pack(other.root), {})
    assert again == first
    assert str(tmp_path) not in first.content.decode()


@pytest.mark.parametrize(
    "place",
    [
        "cookiecutter.json",
        "pack.toml",
        "types.toml",
        "features/docker/feature.toml",
        f"features/docker/{ROOT}/new",
        f"{ROOT}/README.md",
        f"each/app/{ROOT}/new",
        "templates/part",
        "../shared/base/new",
    ],
)
def test_the_tree_hash_tells_every_change_of_a_pack(tiny: TinyPack, place: str) -> None:
    tiny.write("../shared/base/old", "x")
    tiny.write("pack.toml", 'shared = ["base"]\n')
    before = read_pack(tiny.root).tree_hash()
    path = tiny.root / place
    tiny.write(place, (path.read_text() if path.exists() else "") + "\n")
    assert read_pack(tiny.root).tree_hash() != before
    after = read_pack(tiny.root).tree_hash()
    tiny.write("notes.txt", "not part of it")
    assert read_pack(tiny.root).tree_hash() == after


@pytest.fixture
def target(work: Path) -> Path:
    return work / "acme"


def refusal(target: Path) -> ScaffoldError:
    with pytest.raises(ScaffoldError) as caught:
        check_target(target)
    return caught.value


def test_an_absent_or_empty_target_is_fine(target: Path) -> None:
    check_target(target)
    check_target(target / "deep" / "er")
    target.mkdir()
    check_target(target)
    (target / ".git").mkdir()
    check_target(target)
    assert left(target.parent) == ["acme", "acme/.git"]


def test_a_target_that_is_taken_is_exit_3(target: Path) -> None:
    target.write_text("")
    assert refusal(target).code is Exit.EXISTS
    target.unlink()
    target.symlink_to("absent")
    assert refusal(target).code is Exit.EXISTS
    target.unlink()
    (target.parent / "elsewhere").mkdir()
    target.symlink_to("elsewhere")
    assert refusal(target).code is Exit.EXISTS
    target.unlink()
    target.mkdir()
    (target / ".hidden").write_text("")
    assert refusal(target).code is Exit.EXISTS


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("file/acme", "a part of the path is a file"),
        ("file/deep/acme", "a part of the path is a file"),
        ("x" * 300, "the path is too long"),
    ],
)
def test_a_place_that_cannot_be_is_exit_1(work: Path, place: str, reason: str) -> None:
    (work / "file").write_text("")
    (work / "file").chmod(0o755)
    error = refusal(work / place)
    assert error.code is Exit.REFUSED
    assert error.message == f"nothing was written to {work / place}: {reason}"


@pytest.mark.parametrize("standing", [True, False])
def test_a_place_that_is_not_ones_own_is_exit_1(
    target: Path, monkeypatch: pytest.MonkeyPatch, standing: bool
) -> None:
    if standing:
        target.mkdir()
    refused = target if standing else target.parent
    monkeypatch.setattr("os.access", lambda path, _: path != refused)
    error = refusal(target)
    assert error.code is Exit.REFUSED
    assert "the directory cannot be written to" in error.message
    monkeypatch.setattr("os.statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    assert "the file system is read-only" in refusal(target).message


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk quota is used up"),
        (errno.EROFS, "the file system is read-only"),
        (errno.EACCES, "the directory cannot be written to"),
    ],
)
@pytest.mark.parametrize("place", ["acme", "deep/er/acme"])
def test_a_disk_that_refuses_is_said_and_leaves_nothing(
    work: Path, number: int, reason: str, place: str
) -> None:

    def fail(folder: Path) -> None:
        write_tree(TREE, folder)
        with disk_errors(work / place):
            raise OSError(number, os.strerror(number))

    with pytest.raises(ScaffoldError, match=reason) as caught:
        stage(work / place, fail)
    assert caught.value.code is Exit.REFUSED
    assert left(work) == []


def test_an_error_of_another_kind_is_not_dressed_up(target: Path) -> None:
    with pytest.raises(OSError, match="odd"), disk_errors(target):
        raise OSError(errno.EIO, "odd")


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_whatever_happens_in_staging_leaves_nothing(work: Path, error: type[BaseException]) -> None:

    def fail(folder: Path) -> None:
        write_tree(TREE, folder)
        raise error

    with pytest.raises(error):
        stage(work / "deep" / "acme", fail)
    assert left(work) == []


def test_a_program_that_still_writes_does_not_keep_the_staging_directory(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine, late = shutil.rmtree, iter([True, True, False])

    def overtaken(place: Path, **options: bool) -> None:
        genuine(place, **options)
        if next(late):
            place.mkdir()

    monkeypatch.setattr(shutil, "rmtree", overtaken)
    stage(target, lambda folder: write_tree(TREE, folder))
    assert left(target.parent) == []


def test_staging_is_beside_an_absent_target_and_inside_a_standing_one(target: Path) -> None:
    places: list[Path] = []
    stage(target, places.append)
    target.mkdir()
    stage(target, places.append)
    assert [place.parent for place in places] == [target.parent, target]
    assert left(target.parent) == ["acme"]


def dead() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_only_what_dead_processes_left_is_swept(target: Path) -> None:
    alive = os.getppid()
    found = {
        f".acme.scaffold-{dead()}-0a1b2c3d": False,
        f".acme2.scaffold-{dead()}-0a1b2c3d": False,
        f".acme.scaffold-{alive}-0a1b2c3d": True,
        ".acme.scaffold-99999999999999999999-0a1b2c3d": True,
        ".acme.scaffold-me": True,
        f"acme.scaffold-{dead()}-0a1b2c3d": True,
        f".acme.scaffold-{dead()}-mine": True,
    }
    for name in found:
        (target.parent / name / "deep").mkdir(parents=True)
    stage(target, lambda _: None)
    assert names(target.parent) == sorted(name for name, keep in found.items() if keep)


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("README", True),
        ("README.md", True),
        ("readme.rst", True),
        ("LICENSE", True),
        ("LICENCE.txt", True),
        ("LICENSE-MIT", True),
        ("COPYING", True),
        (".git", True),
        ("README.py.bak.d/x", False),
        ("setup.py", False),
        (".gitignore", False),
    ],
)
def test_a_readme_and_a_license_may_be_there(target: Path, name: str, fine: bool) -> None:
    (target / name).parent.mkdir(parents=True)
    (target / name).write_text("mine")
    if fine:
        check_target(target)
    else:
        with pytest.raises(ScaffoldError, match="is not empty"):
            check_target(target)


def test_what_was_left_inside_a_standing_target_does_not_count(target: Path) -> None:
    (target / f".acme.scaffold-{dead()}-0a1b2c3d").mkdir(parents=True)
    check_target(target)
    stage(target, lambda _: None)
    assert left(target) == []


def finish(target: Path) -> None:
    """Stage a small project and publish it."""

    def work(folder: Path) -> None:
        write_tree(Tree({**TREE, STATE_FILE: File(b"")}), folder)
        publish(folder, target)

    stage(target, work)


def test_a_project_appears_in_one_rename(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Path, object]] = []
    rename = Path.rename

    def watched(self: Path, to: Path) -> Path:
        seen.append((self, to))
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", watched)
    finish(target)
    assert [to for _, to in seen] == [target]
    assert {STATE_FILE, *TREE} <= set(left(target))
    assert names(target.parent) == ["acme"]


def test_a_standing_target_keeps_its_identity_and_gets_the_manifest_last(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (target / ".git").mkdir(parents=True)
    before = target.stat().st_ino
    moved: list[str] = []
    rename = Path.rename

    def watched(self: Path, to: Path) -> Path:
        moved.append(self.name)
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", watched)
    finish(target)
    assert target.stat().st_ino == before
    assert moved[-1] == STATE_FILE
    assert names(target) == [".env", ".git", STATE_FILE, "README.md", "bin", "deep"]


def test_a_move_that_fails_halfway_is_taken_back(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.mkdir()
    rename = Path.rename

    def failing(self: Path, to: Path) -> Path:
        if self.name == STATE_FILE:
            raise OSError(errno.ENOSPC, "full")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(ScaffoldError, match="the disk is full"):
        finish(target)
    assert left(target.parent) == ["acme"]


@pytest.mark.parametrize("standing", [True, False])
def test_whoever_comes_second_is_refused_and_the_first_is_whole(
    target: Path, standing: bool
) -> None:
    if standing:
        target.mkdir()

    def overtaken(folder: Path) -> None:
        target.mkdir(exist_ok=True)
        (target / "README.md").write_text("theirs")
        publish(folder, target)

    with pytest.raises(ScaffoldError) as caught:
        stage(target, overtaken)
    assert caught.value.code is Exit.EXISTS
    assert left(target.parent) == ["acme", "acme/README.md"]
    assert (target / "README.md").read_text() == "theirs"


def test_an_interrupt_waits_until_everything_is_moved(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.mkdir()
    rename = Path.rename
    over = threading.Event()
    threading.Thread(target=over.wait, daemon=True).start()  # it, too, may be handed the signal

    def interrupted(self: Path, to: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        finish(target)
    over.set()
    assert {STATE_FILE, *TREE} <= set(left(target))
    assert names(target) == [".env", STATE_FILE, "README.md", "bin", "deep"]


def test_a_link_to_nowhere_on_the_way_is_refused(work: Path) -> None:
    (work / "loop").symlink_to("loop")
    with pytest.raises(ScaffoldError) as caught:
        finish(work / "loop" / "acme")
    assert caught.value.code is Exit.EXISTS
    assert left(work) == ["loop"]

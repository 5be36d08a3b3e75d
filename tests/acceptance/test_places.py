"""On both packs: wherever a project lies, the same change gives the same files."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.packs.catalog import BUILT_IN

FIELD = ["add", "field", "blog.Post", "subtitle:str?"]
MODELS = {"flask": "app/blueprints/blog/models.py", "django": "apps/blog/models.py"}
OWN = "\n\nclass Own:\n    pass\n"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "mine")


def shallow_clone(root: Path, work: Path) -> Path:
    git(work, "clone", "--quiet", "--depth", "1", root.as_uri(), "there")
    return work / "there"


def worktree(root: Path, work: Path) -> Path:
    git(root, "worktree", "add", "--quiet", str(work / "there"), "-b", "other")
    return work / "there"


def monorepo(root: Path, work: Path) -> Path:
    place = work / "there/services/shop"
    shutil.copytree(root, place, ignore=shutil.ignore_patterns(".git", ".scaffold.undo"))
    (work / "there/README.md").write_text("# All of ours\n")
    git(work / "there", "init", "--quiet")
    commit(work / "there")
    return place


def autocrlf(root: Path, work: Path) -> Path:
    """A clone on Windows, of a project whose team took `.gitattributes` away."""
    (root / ".gitattributes").unlink()
    commit(root)
    git(work, "clone", "--quiet", "-c", "core.autocrlf=true", root.as_uri(), "there")
    assert b"\r\n" in (work / "there/pyproject.toml").read_bytes()
    return work / "there"


def files(root: Path, *, folded: bool = False) -> dict[str, bytes]:
    """What git knows or would add."""
    names = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    found = {name: (root / name).read_bytes() for name in names if name and (root / name).exists()}
    return {name: text.replace(b"\r\n", b"\n") if folded else text for name, text in found.items()}


@pytest.fixture(params=BUILT_IN)
def root(request: pytest.FixtureRequest, work: Path) -> Path:
    """A project with an edit of its user, committed."""
    project = work / "shop"
    assert run(["new", "shop", "-y", "-q", "--no-install", "--framework", request.param]) == 0
    with (project / MODELS[request.param]).open("a") as stream:
        stream.write(OWN)
    commit(project)
    return project


@pytest.mark.parametrize("move", [shallow_clone, worktree, monorepo, autocrlf])
def test_a_change_is_the_same_everywhere(
    root: Path,
    work: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    move: Callable[[Path, Path], Path],
) -> None:
    place = move(root, work)
    monkeypatch.chdir(root)
    assert run([*FIELD, "-q", "--no-install"]) == 0
    monkeypatch.chdir(place)
    before = files(place)
    assert run([*FIELD, "-q", "--no-install"]) == 0
    assert files(place, folded=True) == files(root)
    capsys.readouterr()
    assert run(["diff", "--json"]) == 0
    changed = {row["path"]: row["change"] for row in json.loads(capsys.readouterr().out)}
    models = next(path for path in changed if path.endswith("models.py"))
    gone = {".gitattributes": "removed"} if move is autocrlf else {}
    assert changed == {models: "changed", **gone}
    assert run(["undo"]) == 0
    assert files(place) == before
    assert git(place, "status", "--porcelain") == ""

"""On both packs: undo restores byte for byte, and a kill leaves before or after; 200 in a proof."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.packs.catalog import BUILT_IN
from scaffold.project.journal import recover
from tests.conftest import PROOF

TRIALS = 110 if PROOF else 3  # of each pack
CHANGES = [
    ("add", "field", "blog.Post", "subtitle:str?"),
    ("add", "resource", "blog.Tag", "name:str(40)^"),
    ("add", "app", "reviews", "--resource", "Review: post:ref(blog.Post) stars:int"),
    ("add", "feature", "celery"),
    ("set", "database=postgres", "name=Other"),
    ("remove", "feature", "admin"),
    ("remove", "app", "blog"),
]
MODELS = {"flask": "app/blueprints/blog/models.py", "django": "apps/blog/models.py"}
OWN = "\n\nclass Own:\n    pass\n"


def files(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file but git's and the journal, with its mode; and every directory."""
    skipped = {".git", ".scaffold.undo"}
    return {
        place.relative_to(root).as_posix(): (
            place.read_bytes() if place.is_file() else b"",
            place.stat().st_mode,
        )
        for place in sorted(root.rglob("*"))
        if not skipped & set(place.relative_to(root).parts)
    }


def commit(root: Path) -> None:
    for words in (["add", "--all"], ["commit", "--quiet", "--allow-empty", "-m", "mine"]):
        subprocess.run(["git", *words], cwd=root, check=True)


@pytest.fixture(params=BUILT_IN)
def root(request: pytest.FixtureRequest, work: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an edit of its user, committed; the current directory."""
    project = work / "shop"
    assert run(["new", "shop", "-y", "-q", "--no-install", "--framework", request.param]) == 0
    with (project / MODELS[request.param]).open("a") as stream:
        stream.write(OWN)
    monkeypatch.chdir(project)
    commit(project)
    return project


def test_undo_restores_every_byte(root: Path) -> None:
    before = files(root)
    for words in CHANGES:
        assert run([*words, "-q", "--no-install"]) == 0, words
        assert files(root) != before, words
        assert run(["undo"]) == 0
        assert files(root) == before, words


def test_abort_restores_every_byte(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = root / "README.md"
    text = readme.read_text("utf-8")
    readme.write_text("# Mine\n" + text.partition("\n")[2], "utf-8")
    commit(root)
    before = files(root)
    assert run(["set", "name=Other", "--json", "--no-install"]) == 5
    said = json.loads(capsys.readouterr().out)
    assert [one["path"] for one in said["conflicts"]] == ["README.md"]
    readme.write_text("half resolved\n", "utf-8")
    assert run(["undo", "--abort"]) == 0
    assert files(root) == before


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals on Windows")
def test_a_kill_leaves_before_or_after(root: Path) -> None:
    words = [*CHANGES[2], "--no-install", "-q"]
    before = files(root)
    begun = time.perf_counter()
    start(root, words).communicate(timeout=120)
    usual = time.perf_counter() - begun
    after = files(root)
    assert run(["undo"]) == 0
    moments = random.Random(7)  # noqa: S311 - moments, not secrets
    seen: Counter[str] = Counter()
    for trial in range(TRIALS):
        process = start(root, words)
        # Mostly late, where files are written.
        time.sleep(usual * (0.3 + 0.8 * (trial + moments.random()) / TRIALS))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=120)
        pending = recover(root)  # as the next command does
        assert not pending
        now = files(root)
        assert now in (before, after)
        seen["after" if now == after else "before"] += 1
        if now == after:
            assert run(["undo"]) == 0
        assert files(root) == before
    assert seen["before"]


def start(root: Path, words: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "scaffold", *words]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

"""Killed or interrupted at any moment: the project is absent or complete; 200 trials in a proof."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from scaffold.project.base import BASE, unpack_tree
from tests.tiny_pack import TinyPack

PROOF = bool(os.environ.get("SCAFFOLD_PROOF"))  # the long run of `make proof`
TRIALS = 70 if PROOF else 4  # of each signal
pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no such signals on Windows")


def start(work: Path, tiny: TinyPack) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "scaffold",
        "new",
        "acme",
        "--defaults",
        "--no-install",
        "-q",
        "--framework",
        str(tiny.root),
    ]
    return subprocess.Popen(
        command, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )


def complete(project: Path) -> None:
    """Every file of the base, secrets, and one commit with nothing open."""
    files = unpack_tree((project / BASE).read_bytes())
    for path in files.keys() - {".scaffold.toml"}:
        assert (project / path).read_bytes() == files[path].content
    assert len(files) > 1
    assert "generate-me" not in (project / ".env").read_text("utf-8")
    for command, lines in ((["rev-list", "--all"], 1), (["status", "--porcelain"], 0)):
        said = subprocess.run(
            ["git", *command], cwd=project, capture_output=True, text=True, check=True
        ).stdout
        assert len(said.splitlines()) == lines
    fsck = subprocess.run(["git", "fsck", "--strict"], cwd=project, check=True, capture_output=True)
    assert fsck.returncode == 0


def seconds_of_a_run(work: Path, tiny: TinyPack) -> float:
    """How long an undisturbed run takes here and now; the second one, with a warm cache."""
    for name in ("warm", "timed"):
        folder = work / name
        folder.mkdir()
        begun = time.perf_counter()
        process = start(folder, tiny)
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0, out
        complete(folder / "acme")
    return time.perf_counter() - begun


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_a_whole_project_or_none(
    work: Path, shared_tiny: TinyPack, number: signal.Signals
) -> None:
    usual = seconds_of_a_run(work, shared_tiny)
    moments = random.Random(int(number))  # noqa: S311 - moments, not secrets
    seen: Counter[str] = Counter()
    for trial in range(TRIALS):
        folder = work / str(trial)
        folder.mkdir()
        process = start(folder, shared_tiny)
        # Spread over the whole run, so that every stage is met.
        time.sleep(usual * 1.1 * (trial + moments.random()) / TRIALS)
        process.send_signal(number)
        out, _ = process.communicate(timeout=60)
        left = sorted(path.name for path in folder.iterdir())
        if "acme" in left:
            complete(folder / "acme")
            seen["whole"] += 1
        else:
            assert process.returncode != 0, out
            seen["none"] += 1
        if number is signal.SIGKILL:
            again(folder, shared_tiny, left)
        else:
            assert left in ([], ["acme"]), out
            # Before and after main() it is Python itself that answers a signal.
            early = out.startswith((b"Fatal Python error: init_", b"Could not import runpy"))
            assert early or process.returncode in (0, 130, -number, -signal.SIGINT), out
            assert b"bug in scaffold" not in out
            assert process.returncode != 130 or b"nothing was written" in out or not left
    assert seen["none"], "no trial met the run while it worked"


def again(folder: Path, tiny: TinyPack, left: list[str]) -> None:
    """After a kill the same command works, and takes away what the dead run left."""
    process = start(folder, tiny)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == (3 if "acme" in left else 0), out
    complete(folder / "acme")
    if "acme" not in left:
        assert [path.name for path in folder.iterdir()] == ["acme"], left


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_standing_directory_is_empty_or_complete(
    work: Path, shared_tiny: TinyPack, number: signal.Signals
) -> None:
    usual = seconds_of_a_run(work, shared_tiny)
    for trial in range(TRIALS // 3):
        folder = work / str(trial)
        (folder / "acme").mkdir(parents=True)
        process = start(folder, shared_tiny)
        time.sleep(usual * (0.5 + 0.5 * trial / (TRIALS // 3)))
        process.send_signal(number)
        process.communicate(timeout=60)
        names = [path.name for path in (folder / "acme").iterdir()]
        if ".scaffold.toml" in names:
            complete(folder / "acme")
        elif number is signal.SIGINT:
            assert names == []
        elif all(name.startswith(".acme.scaffold-") for name in names):
            again_inside(folder, shared_tiny)


def again_inside(folder: Path, tiny: TinyPack) -> None:
    process = start(folder, tiny)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0, out
    complete(folder / "acme")
    assert not list((folder / "acme").glob(".acme.scaffold-*"))

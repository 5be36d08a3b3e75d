"""Nothing is left running and nothing in the temporary directory, however a run ends.

The fixture `temporary` looks after every test of this package; here the ends are abrupt.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scaffold.smoke.runtime.cleanup import marked_processes
from scaffold.smoke.runtime.workdir import run_directory
from tests.integration.smoke.conftest import left_running
from tests.integration.smoke.runs import command, run
from tests.integration.smoke.tiny import inject, only

PATIENCE = 30


def hanging(place: Path) -> Path:
    """Wait until the hanging test of a run hangs."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = list(place.glob("scaffold-smoke-*/case*/project/hanging"))
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError("the test did not hang")


def slow(pack: Path) -> None:
    """A hanging test that the time limit does not reach."""
    inject(pack, "hang", "gamma")
    path = pack / "smoke.toml"
    path.write_text(path.read_text().replace("seconds = 8", "seconds = 500"))


def test_nothing_is_left_after_success(pack: Path, temporary: Path) -> None:
    run_result = run(pack, features=("postgres", "redis"), resources="notes")
    assert not run_result.cases[0].failed
    assert list(temporary.iterdir()) == []


def test_a_time_limit_ends_a_child_that_left_its_group(pack: Path, temporary: Path) -> None:
    inject(pack, "hang", "gamma")
    path = pack / "smoke.toml"
    path.write_text(path.read_text().replace("seconds = 8", "seconds = 1"))
    only(pack, "render", "lock", "install", "tests")
    run_result = run(pack, features=("gamma",), resources="none", shrink=False)
    assert run_result.cases[0].failed[0].message == "took longer than 1 seconds and was killed"
    assert left_running(temporary) == []


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_everything(
    pack: Path, temporary: Path, tmp_path: Path, kind: signal.Signals
) -> None:
    slow(pack)
    words = ("--pack", pack, "--features", "gamma,postgres,redis", "--resources", "none")
    program = command(*words, cwd=tmp_path)
    hanging(temporary)
    assert left_running(temporary)
    program.send_signal(kind)
    _, said = program.communicate(timeout=PATIENCE)
    assert program.returncode == 130
    assert "interrupted" in said
    assert left_running(temporary) == []
    assert list(temporary.iterdir()) == []


def test_a_run_under_nohup_outlives_its_terminal(
    pack: Path, temporary: Path, tmp_path: Path
) -> None:
    slow(pack)
    words = ("--pack", str(pack), "--features", "gamma", "--resources", "none")
    program = subprocess.Popen(
        ["nohup", sys.executable, "-m", "scaffold", "smoke", *words],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    hanging(temporary)
    program.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert program.poll() is None
    program.send_signal(signal.SIGTERM)
    assert program.wait(PATIENCE) == 130


def test_the_next_run_clears_up_after_one_that_was_killed(
    pack: Path, temporary: Path, tmp_path: Path
) -> None:
    slow(pack)
    words = ("--pack", pack, "--features", "gamma", "--resources", "none")
    program = command(*words, cwd=tmp_path)
    hanging(temporary)
    program.kill()
    program.communicate(timeout=PATIENCE)
    assert left_running(temporary)
    with run_directory(keep=False) as (place, _):
        assert list(temporary.iterdir()) == [place]
        assert left_running(temporary) == []


def test_fail_fast_ends_the_others_and_starts_no_more(pack: Path) -> None:
    inject(pack, "failing test", "alpha")
    only(pack, "render", "lock", "install", "tests")
    run_result = run(pack, workers=1, fail_fast=True, shrink=False)
    ended = [bool(result.steps) for result in run_result.cases]
    assert ended.index(False) == next(
        number for number, result in enumerate(run_result.cases, 1) if result.failed
    )
    assert not any(ended[ended.index(False) :])
    assert run_result.code == 7


def test_a_run_that_is_kept_leaves_its_files_and_nothing_running(
    pack: Path, temporary: Path
) -> None:
    only(pack, "render", "lock", "install", "boot")
    run_result = run(pack, features=(), resources="none", keep=True)
    assert run_result.kept
    assert (run_result.kept / "case1/project/server.py").exists()
    assert (run_result.kept / "case1/logs/04-boot.log").exists()
    assert left_running(temporary) == []
    with run_directory(keep=False):
        assert run_result.kept.exists(), "kept means kept, for the next run too"
    import shutil

    shutil.rmtree(run_result.kept)


def test_the_logs_can_be_had(pack: Path, tmp_path: Path) -> None:
    only(pack, "render", "lock", "install", "tests")
    run(pack, features=(), resources="none", logs=tmp_path / "logs")
    (folder,) = (tmp_path / "logs").iterdir()
    assert "Ran 1 test" in (folder / "04-tests.log").read_text()


def test_steps_do_not_see_the_settings_of_the_person(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "the person's own")
    path = pack / "smoke.toml"
    check = "import os, sys; sys.exit(os.environ.get('DATABASE_URL'))"
    path.write_text(
        path.read_text().replace('"python", "-m", "unittest", "-q"', f'"python", "-c", "{check}"')
    )
    only(pack, "render", "lock", "install", "tests")
    assert run(pack, features=(), resources="none").code == 0


def test_a_step_may_run_scaffold_itself(pack: Path) -> None:
    path = pack / "smoke.toml"
    listed = f'"{sys.executable}", "-m", "scaffold", "recommend", "--defaults", "-d", "aim=ship"'
    path.write_text(path.read_text().replace('"python", "-m", "unittest", "-q"', listed))
    only(pack, "render", "lock", "install", "tests")
    assert run(pack, features=(), resources="none").code == 0


def test_no_mark_of_this_test_is_on_the_test_itself() -> None:
    assert os.getpid() not in [pid for pid, _ in marked_processes()]


def test_a_process_whose_mark_is_no_longer_whole_is_no_trouble() -> None:
    other = subprocess.Popen(["/bin/sleep", "30"], env={"X_SCAFFOLD_SMOKE": "1"})
    try:
        with run_directory(keep=False) as (place, _):
            assert place.exists()
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()

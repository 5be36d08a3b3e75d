"""Running programs: quiet, with a time limit, without the settings of other projects."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from scaffold import process
from scaffold.process import NOT_INSTALLED, NOT_RUNNABLE, TIMED_OUT, ProcessResult, run


def python(folder: Path, code: str, timeout: float = 20) -> ProcessResult:
    return run([sys.executable, "-c", code], folder, timeout=timeout)


def test_both_streams_and_the_status_are_kept(tmp_path: Path) -> None:
    done = python(tmp_path, "import sys; print('out'); print('why', file=sys.stderr); sys.exit(3)")
    assert done.code == 3
    assert not done.ok
    assert sorted(done.output.split()) == ["out", "why"]
    assert python(tmp_path, "").ok


@pytest.mark.parametrize(
    ("output", "last"),
    [
        ("a\n b \n\n", "b"),
        ("cause: refused", "refused"),
        ("", "exit status 2"),
        ("\n \n", "exit status 2"),
    ],
)
def test_the_last_line_is_the_reason(output: str, last: str) -> None:
    assert ProcessResult(2, output).last == last


def test_a_program_gets_no_input_and_the_folder_it_is_sent_to(tmp_path: Path) -> None:
    done = python(tmp_path, "import os, sys; print(os.getcwd(), repr(sys.stdin.read()))")
    assert done.output.split() == [str(tmp_path), "''"]


def test_bytes_that_are_no_text_do_not_fail(tmp_path: Path) -> None:
    assert python(tmp_path, r"import os; os.write(1, b'\xff ok')").output.endswith(" ok")


def test_a_missing_program_is_told_from_one_that_fails(tmp_path: Path) -> None:
    assert run(["no-such-program"], tmp_path) == ProcessResult(
        NOT_INSTALLED, "no-such-program is not installed"
    )
    (tmp_path / "x").write_text("")
    assert run([str(tmp_path / "x")], tmp_path).code == NOT_RUNNABLE


def test_a_program_that_does_not_end_is_ended(tmp_path: Path) -> None:
    done = python(tmp_path, "import time; time.sleep(60)", timeout=0.3)
    assert (done.code, done.ok) == (TIMED_OUT, False)
    assert "longer than 0.3 seconds" in done.output


def test_an_interrupt_ends_the_program_before_it_is_passed_on(tmp_path: Path) -> None:
    def interrupt() -> None:
        while not (tmp_path / "pid").exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    code = (
        "import os, pathlib, signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN);"
        "pathlib.Path('new').write_text(str(os.getpid())); os.rename('new', 'pid'); time.sleep(60)"
    )
    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        python(tmp_path, code)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_what_surrounds_us_is_not_the_projects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in process.FOREIGN:
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("KEPT", "x")
    done = run([sys.executable, "-c", "import os; print(*os.environ)"], tmp_path, {"ADDED": "1"})
    seen = set(done.output.split())
    assert not seen & process.FOREIGN
    assert {"KEPT", "ADDED"} <= seen


def test_uv_is_the_one_that_came_with_us_else_the_one_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run([process.uv(), "--version"], tmp_path).output.startswith("uv ")
    monkeypatch.setitem(sys.modules, "uv", None)
    (tmp_path / "uv").write_text("#!/bin/sh\n")
    (tmp_path / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert process.uv() == str(tmp_path / "uv")
    monkeypatch.setenv("PATH", "")
    assert process.uv() == "uv"

"""The numbers of several gunicorn processes are one, and outlive a process."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {"WEB_CONCURRENCY": "2", "WEB_THREADS": "1"}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn runs on Unix alone")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """A real server, configured as in production, with two workers; by its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = {"BIND": f"127.0.0.1:{port}", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "gunicorn", "tests.metrics_app:app"]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env={**os.environ, **SETTINGS, **place}, stderr=log) as process,
    ):
        try:
            yield port
        finally:
            process.terminate()
            process.wait(60)
    assert not list(tmp_path.glob("metrics-*")), "files of a server that has ended"


def workers(log: Path, number: int) -> list[int]:
    """Wait until so many workers have been started; answer their process ids."""
    deadline = time.monotonic() + 60
    while True:
        text = log.read_text()
        started = [int(pid) for pid in re.findall(r"Booting worker with pid: (\d+)", text)]
        if len(started) >= number:
            return started
        assert time.monotonic() < deadline, text
        time.sleep(0.1)


def ask(port: int, path: str) -> tuple[int, str]:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def counted(port: int) -> float:
    """How many requests for what is not there have been counted, by whichever process answers."""
    status, text = ask(port, "/metrics")
    assert status == 200, text
    lines = [line for line in text.splitlines() if line.startswith("http_requests_total{")]
    return sum(float(line.split()[-1]) for line in lines if 'route="unmatched"' in line)


def test_processes_count_together_and_inherit(server: int, tmp_path: Path) -> None:
    first = workers(tmp_path / "log", 2)
    for number in range(20):
        ask(server, f"/nowhere/{number}/")
    assert [counted(server) for _ in range(5)] == [20] * 5
    for pid in first:
        os.kill(pid, signal.SIGTERM)  # others take their places, and their files
    workers(tmp_path / "log", 4)
    ask(server, "/nowhere/")
    assert counted(server) == 21
    assert len(list(tmp_path.glob("metrics-*/counter_*.db"))) <= len(first)

"""From a clone to a page: `make setup` and `make run`, as the project's README says."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
import requests
from tests.proofs import find_project

from .live import clone, environment

ADDRESS = re.compile(r"^run:.*(http://127\.0\.0\.1:\d+)", re.MULTILINE)
SECONDS = 60


def test_set_up_and_run(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    project = clone(find_project(request.config, tmp_path_factory), tmp_path)
    database = str(request.config.getoption("database_url") or "")
    hidden = ("UV_PROJECT_ENVIRONMENT", *([] if database else ["DATABASE_URL"]))
    env = {key: value for key, value in environment(project, database).items() if key not in hidden}
    found = ADDRESS.search((project / "Makefile").read_text())
    assert found, "the Makefile does not say where the site is"
    address = found[1]
    assert not _answers(address), f"something else serves {address}: stop it and run this again"
    subprocess.run(["make", "setup"], cwd=project, env=env, check=True)
    assert (project / ".env").exists()
    log = tmp_path / "run.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            ["make", "run"], cwd=project, env=env, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
        try:
            page = _page(address, server, log)
        finally:
            # make, uv, the reloader and the server; a milder signal comes to the reloader twice,
            # from here and from uv, and the second may leave it waiting for itself
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
    assert page.headers["Content-Type"].startswith("text/html")
    assert "</html>" in page.text


def _answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/health", timeout=2).ok
    except (requests.ConnectionError, requests.Timeout):
        return False


def _page(address: str, server: subprocess.Popen[bytes], log: Path) -> requests.Response:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if _answers(address):
            return requests.get(address, timeout=20)
        time.sleep(0.2)
    raise RuntimeError(f"no 200 from {address}/health; make run said:\n{log.read_text()[-4000:]}")

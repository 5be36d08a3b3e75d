"""Boots a generated project for the suite and always stops it."""

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from uv import find_uv_bin

from .recipes import AS_IT_IS, Variant, contract_recipe

BOOT_SECONDS = 40
LOCAL = shutil.ignore_patterns(".venv", ".env", "*.sqlite3*", "__pycache__", "staticfiles")
# read before the tests move the cache of the tool
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "uv"


def generate(pack: str, place: Path, variant: Variant = AS_IT_IS) -> Path:
    """Render the contract's recipe and install it.

    Args:
        pack: name of the pack.
        place: an empty folder; the project is made inside.
        variant: further features, another Python.
    """
    from scaffold.rendering.render import render

    project = place / pack
    for path, file in render(contract_recipe(pack, variant.features)).items():
        target = project / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
        if file.executable:
            target.chmod(0o755)
    if variant.python:
        (project / ".python-version").write_text(f"{variant.python}\n")
    return project


def clone(project: Path, place: Path) -> Path:
    """Copy what git would keep of a project, as somebody new to it gets it.

    Args:
        project: a generated project.
        place: an empty folder; the copy is made inside.
    """
    return Path(shutil.copytree(project, place / "clone", ignore=LOCAL))


@contextmanager
def served(project: Path, place: Path, database: str = "", **variables: str) -> Iterator[str]:
    """Serve a project from a database of its own, under production settings.

    Args:
        project: a generated project; `uv sync` runs where it has no environment.
        place: an empty folder for database and logs.
        database: URL of an empty database; an SQLite file in `place` where it is not given.
        variables: settings of the server, beside those of production.

    Yields:
        The server's base URL.

    Raises:
        RuntimeError: a step failed or the server did not come up; the message holds its output.
    """
    env = environment(project, database or f"sqlite:///{place / 'contract.sqlite3'}")
    if not (project / ".venv").is_dir():
        _run(["uv", "sync", "--quiet"], project, env)
    for target in ("migrate", "seed"):
        _run(["make", target], project, env)
    port = free_port()
    env |= _production() | variables
    log = place / "server.log"
    command = ["uv", "run", "--no-sync", "gunicorn", "--bind", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=project, env=env, stdout=output, stderr=output)
        try:
            yield _ready(f"http://127.0.0.1:{port}", server, log)
        finally:
            _stop(server)


def environment(project: Path, database: str) -> dict[str, str]:
    """Ours, without what another virtual environment or project would put into it."""
    own = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}
    own["PATH"] = os.pathsep.join([str(Path(find_uv_bin()).parent), own.get("PATH", os.defpath)])
    own.setdefault("UV_CACHE_DIR", str(CACHE))
    own["DATABASE_URL"] = database
    own["UV_PROJECT_ENVIRONMENT"] = str(project / ".venv")
    return own


def _production() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "FLASK_DEBUG": "0",
        "LOGIN_FAILURES": "25",  # the suite logs in often, from one address
        "GUNICORN_CMD_ARGS": "--workers 1 --threads 4",
    }


def _run(command: list[str], project: Path, env: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=project, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = f"{done.stdout}\n{done.stderr}"[-4000:]
        raise RuntimeError(f"`{' '.join(command)}` in {project} gave {done.returncode}:\n{said}")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _ready(base: str, server: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + BOOT_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if requests.get(f"{base}/health", timeout=2, headers=FORWARDED).status_code == 200:
                return base
        except (requests.ConnectionError, requests.Timeout):
            pass
        time.sleep(0.1)
    raise RuntimeError(f"no 200 from {base}/health; the server said:\n{log.read_text()[-4000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


FORWARDED = {"X-Forwarded-Proto": "https"}  # as behind a proxy that ends TLS

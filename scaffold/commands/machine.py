"""What this machine has and lacks, one fact at a time; each look is short and harmless."""

import os
import re
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Literal

from scaffold import process

PATIENCE = 2.0  # seconds for a program
KNOCK = 0.4  # seconds for a server on this machine
OLDEST_PYTHON = (3, 11)
PROBE = "blinker"  # small, pure, and needed by every Flask project
BROWSERS = ("firefox", "chromium", "chromium-browser", "google-chrome", "brave-browser",
            "microsoft-edge", "opera")  # fmt: skip
State = Literal["ok", "limited", "missing"]


@dataclass(frozen=True)
class Fact:
    """One thing about the machine.

    Args:
        name: what was looked for.
        state: there, there in part, or not there.
        found: what was seen.
        means: what follows for scaffold and its projects.
        remedy: what to type or do; empty where nothing is lacking.
    """

    name: str
    state: State
    found: str
    means: str
    remedy: str = ""


def python() -> Fact:
    """Look for every Python that a project may run on."""
    listed = _run(process.uv(), "python", "list", "--only-installed", "--offline").output
    names = re.findall(r"^cpython-(\d+)\.(\d+)\.(\d+)-", listed, re.MULTILINE)
    versions = {sys.version_info[:3], *(tuple(map(int, name)) for name in names)}
    good = sorted(version for version in versions if version >= OLDEST_PYTHON)
    found = ", ".join(".".join(map(str, version)) for version in good)
    return Fact("Python", "ok", found, "Projects run on each Python from 3.11 up; uv picks one.")


def git() -> Fact:
    """Look for git."""
    asked = _run("git", "--version")
    match = re.search(r"\d+\.[.\d]+", asked.output)
    if not asked.ok or not match:
        return Fact("git", "missing", asked.last, "Projects are made without a repository.",
                    "install git")  # fmt: skip
    return Fact("git", "ok", match[0], "Projects get a repository and a first commit.")


def identity() -> Fact:
    """Ask git whom a commit would name."""
    asked = _run("git", "var", "GIT_AUTHOR_IDENT")
    if asked.ok and "<" in asked.output:
        who = asked.output.strip().rpartition(">")[0] + ">"
        return Fact("git identity", "ok", who, "The first commit is made in this name.")
    found = "no git" if asked.code == process.NOT_INSTALLED else "git does not know who you are"
    return Fact("git identity", "missing", found,
                "The project is made, but its first commit is left to you.",
                'git config --global user.name "…" && git config --global user.email "…"',
    )  # fmt: skip


def uv() -> Fact:
    """Look for uv, which scaffold brings along."""
    asked = _run(process.uv(), "--version")
    if asked.ok:
        version = asked.last.removeprefix("uv ").partition(" ")[0]
        return Fact("uv", "ok", version, "Dependencies are locked and installed.")
    return Fact("uv", "missing", asked.last, "Nothing can be locked or installed.",
                "pip install uv")  # fmt: skip


def network() -> Fact:
    """Ask the package index that uv is configured for about one small package."""
    quick = {"UV_HTTP_TIMEOUT": "2", "UV_HTTP_RETRIES": "0"}
    with TemporaryDirectory() as folder:
        (Path(folder) / "requirements.in").write_text(PROBE, encoding="ascii")
        asked = process.run(
            [process.uv(), "pip", "compile", "--quiet", "--no-cache", "--no-deps",
             "--only-binary", ":all:", "--python", sys.executable, "requirements.in"],
            Path(folder), quick, PATIENCE,
        )  # fmt: skip
    if asked.ok:
        return Fact("network", "ok", "uv's package index answers",
                    "Dependencies can be downloaded.")  # fmt: skip
    return Fact("network", "missing", f"uv's package index does not answer: {asked.last}",
                "Only what uv has in its cache can be locked and installed.",
                "scaffold new … --no-install, and `uv sync` in the project later")  # fmt: skip


def postgresql(host: str = "localhost", port: int = 5432) -> Fact:
    """Knock where a project with the feature `postgres` looks for its database."""
    # Asks for TLS, as every client does first: "S" and "N" are the only answers of PostgreSQL.
    answered = _knock(host, port, b"\x00\x00\x00\x08\x04\xd2\x16\x2f")[:1] in {b"S", b"N"}
    where = f"{host}:{port}"
    if answered:
        return Fact("PostgreSQL", "ok", f"a server answers at {where}",
                    "Projects with `postgres` can run and be tested on it.")  # fmt: skip
    return _no_server("PostgreSQL", where, ("postgres", "pg_ctl", "psql"),
                      "Projects use SQLite unless they have the feature `postgres`.")  # fmt: skip


def redis(host: str = "localhost", port: int = 6379) -> Fact:
    """Knock where a project with the feature `celery` or `cache` looks for Redis."""
    reply = _knock(host, port, b"PING\r\n")
    where = f"{host}:{port}"
    if reply.startswith((b"+PONG", b"-NOAUTH")):
        locked = " and wants a password" if reply.startswith(b"-") else ""
        return Fact("Redis", "limited" if locked else "ok", f"a server answers at {where}{locked}",
                    "Projects with `celery` or `cache` can use it.",
                    "put the password into the address in .env" if locked else "")  # fmt: skip
    return _no_server("Redis", where, ("redis-server", "valkey-server"),
                      "Needed only by projects with `celery` or `cache`.")  # fmt: skip


def docker() -> Fact:
    """Ask Docker's client for its server, and for compose."""
    means = "Needed only to build the image of a project or to start its services."
    asked = _run("docker", "version", "--format", "{{.Server.Version}}")
    if asked.code == process.NOT_INSTALLED:
        return Fact("Docker", "missing", "not installed", means, "install Docker")
    if not asked.ok:
        return Fact("Docker", "limited", f"the client alone: {asked.last}", means,
                    "start Docker")  # fmt: skip
    if not _run("docker", "compose", "version").ok:
        return Fact("Docker", "limited", f"{asked.last}, without compose", means,
                    "install the compose plugin")  # fmt: skip
    return Fact("Docker", "ok", asked.last, "Images can be built and services started.")


def browser() -> Fact:
    """Look for something to see a project's pages with."""
    if sys.platform in {"win32", "darwin"}:
        return Fact("browser", "ok", "comes with the system", "A project's pages can be seen.")
    found = next((name for name in BROWSERS if shutil.which(name)), "")
    if not found:
        return Fact("browser", "missing", "none on the PATH",
                    "A project's pages cannot be seen from this machine.",
                    "forward the port: ssh -L 8000:localhost:8000 …")  # fmt: skip
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        return Fact("browser", "limited", f"{found}, but no display",
                    "Browser tests can run without a window; people need another machine.",
                    "forward the port: ssh -L 8000:localhost:8000 …")  # fmt: skip
    return Fact("browser", "ok", found, "A project's pages can be seen.")


def _no_server(name: str, where: str, binaries: tuple[str, ...], means: str) -> Fact:
    if any(shutil.which(binary) for binary in binaries):
        return Fact(name, "limited", f"installed, but no server answers at {where}", means,
                    f"start {name}")  # fmt: skip
    return Fact(name, "missing", f"not installed, and no server answers at {where}", means,
                f"install {name}, or start it with the project's feature `docker`")  # fmt: skip


def _run(*command: str) -> process.ProcessResult:
    return process.run(command, Path(gettempdir()), timeout=PATIENCE)


def _knock(host: str, port: int, words: bytes) -> bytes:
    try:
        with socket.create_connection((host, port), timeout=KNOCK) as line:
            line.sendall(words)
            return line.recv(64)
    except OSError:
        return b""

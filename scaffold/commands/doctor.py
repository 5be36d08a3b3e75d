"""`scaffold doctor`: check what is installed on this machine; never fails or hangs."""

import os
import re
import shutil
import socket
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, Literal

from scaffold import process

DEADLINE = 2.6  # seconds for all looks together
PROGRAM_TIMEOUT = 2.0  # seconds
SERVER_TIMEOUT = 0.4  # seconds
OLDEST_PYTHON = (3, 11)
PROBE = "blinker"  # small, pure, and needed by every Flask project
BROWSERS = (
    "firefox",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "brave-browser",
    "microsoft-edge",
    "opera",
)
State = Literal["ok", "limited", "missing"]


@dataclass(frozen=True)
class Fact:
    """One fact about the machine.

    Args:
        name: the thing that was checked.
        state: present, present in part, or missing.
        found: what was found.
        means: what follows for scaffold and its projects.
        remedy: what to do about it, or empty.
    """

    name: str
    state: State
    found: str
    means: str
    remedy: str = ""


def check_python() -> Fact:
    """Look for every Python that a project may run on."""
    listed = _run(process.uv(), "python", "list", "--only-installed", "--offline").output
    names = re.findall(r"^cpython-(\d+)\.(\d+)\.(\d+)-", listed, re.MULTILINE)
    versions = {sys.version_info[:3], *(tuple(map(int, name)) for name in names)}
    good = sorted(version for version in versions if version >= OLDEST_PYTHON)
    found = ", ".join(".".join(map(str, version)) for version in good)
    return Fact("Python", "ok", found, "Projects run on each Python from 3.11 up; uv picks one.")


def check_git() -> Fact:
    """Look for git."""
    asked = _run("git", "--version")
    match = re.search(r"\d+\.[.\d]+", asked.output)
    if not asked.ok or not match:
        return Fact(
            "git", "missing", asked.last, "Projects are made without a repository.", "install git"
        )
    return Fact("git", "ok", match[0], "Projects get a repository and a first commit.")


def check_identity() -> Fact:
    """Ask git whom a commit would name."""
    asked = _run("git", "var", "GIT_AUTHOR_IDENT")
    if asked.ok and "<" in asked.output:
        who = asked.output.strip().rpartition(">")[0] + ">"
        return Fact("git identity", "ok", who, "The first commit is made in this name.")
    found = "no git" if asked.code == process.NOT_INSTALLED else "git does not know who you are"
    return Fact(
        "git identity",
        "missing",
        found,
        "The project is made, but its first commit is left to you.",
        'git config --global user.name "…" && git config --global user.email "…"',
    )


def check_uv() -> Fact:
    """Look for uv, which scaffold brings along."""
    asked = _run(process.uv(), "--version")
    if asked.ok:
        version = asked.last.removeprefix("uv ").partition(" ")[0]
        return Fact("uv", "ok", version, "Dependencies are locked and installed.")
    return Fact(
        "uv", "missing", asked.last, "Nothing can be locked or installed.", "pip install uv"
    )


def check_network() -> Fact:
    """Ask the package index that uv is configured for about one small package."""
    quick = {"UV_HTTP_TIMEOUT": "2", "UV_HTTP_RETRIES": "0"}
    with TemporaryDirectory() as folder:
        (Path(folder) / "requirements.in").write_text(PROBE, encoding="ascii")
        asked = process.run(
            [
                process.uv(),
                "pip",
                "compile",
                "--quiet",
                "--no-cache",
                "--no-deps",
                "--only-binary",
                ":all:",
                "--python",
                sys.executable,
                "requirements.in",
            ],
            Path(folder),
            quick,
            PROGRAM_TIMEOUT,
        )
    if asked.ok:
        return Fact(
            "network", "ok", "uv's package index answers", "Dependencies can be downloaded."
        )
    return Fact(
        "network",
        "missing",
        f"uv's package index does not answer: {asked.last}",
        "Only what uv has in its cache can be locked and installed.",
        "scaffold new … --no-install, and `uv sync` in the project later",
    )


def check_postgresql(host: str = "localhost", port: int = 5432) -> Fact:
    """Knock where a project with the feature `postgres` looks for its database."""
    # Asks for TLS, as every client does first: "S" and "N" are the only answers of PostgreSQL.
    answered = _knock(host, port, b"\x00\x00\x00\x08\x04\xd2\x16\x2f")[:1] in {b"S", b"N"}
    where = f"{host}:{port}"
    if answered:
        return Fact(
            "PostgreSQL",
            "ok",
            f"a server answers at {where}",
            "Projects with `postgres` can run and be tested on it.",
        )
    return _no_server(
        "PostgreSQL",
        where,
        ("postgres", "pg_ctl", "psql"),
        "Projects use SQLite unless they have the feature `postgres`.",
    )


def check_redis(host: str = "localhost", port: int = 6379) -> Fact:
    """Knock where a project with the feature `celery` or `cache` looks for Redis."""
    reply = _knock(host, port, b"PING\r\n")
    where = f"{host}:{port}"
    if reply.startswith((b"+PONG", b"-NOAUTH")):
        locked = " and wants a password" if reply.startswith(b"-") else ""
        return Fact(
            "Redis",
            "limited" if locked else "ok",
            f"a server answers at {where}{locked}",
            "Projects with `celery` or `cache` can use it.",
            "put the password into the address in .env" if locked else "",
        )
    return _no_server(
        "Redis",
        where,
        ("redis-server", "valkey-server"),
        "Needed only by projects with `celery` or `cache`.",
    )


def check_docker() -> Fact:
    """Ask Docker's client for its server, and for compose."""
    means = "Needed only to build the image of a project or to start its services."
    asked = _run("docker", "version", "--format", "{{.Server.Version}}")
    if asked.code == process.NOT_INSTALLED:
        return Fact("Docker", "missing", "not installed", means, "install Docker")
    if not asked.ok:
        return Fact("Docker", "limited", f"the client alone: {asked.last}", means, "start Docker")
    if not _run("docker", "compose", "version").ok:
        return Fact(
            "Docker",
            "limited",
            f"{asked.last}, without compose",
            means,
            "install the compose plugin",
        )
    return Fact("Docker", "ok", asked.last, "Images can be built and services started.")


def check_browser() -> Fact:
    """Look for something to see a project's pages with."""
    if sys.platform in {"win32", "darwin"}:
        return Fact("browser", "ok", "comes with the system", "A project's pages can be seen.")
    found = next((name for name in BROWSERS if shutil.which(name)), "")
    if not found:
        return Fact(
            "browser",
            "missing",
            "none on the PATH",
            "A project's pages cannot be seen from this machine.",
            "forward the port: ssh -L 8000:localhost:8000 …",
        )
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        return Fact(
            "browser",
            "limited",
            f"{found}, but no display",
            "Browser tests can run without a window; people need another machine.",
            "forward the port: ssh -L 8000:localhost:8000 …",
        )
    return Fact("browser", "ok", found, "A project's pages can be seen.")


def _no_server(name: str, where: str, binaries: tuple[str, ...], means: str) -> Fact:
    if any(shutil.which(binary) for binary in binaries):
        return Fact(
            name, "limited", f"installed, but no server answers at {where}", means, f"start {name}"
        )
    return Fact(
        name,
        "missing",
        f"not installed, and no server answers at {where}",
        means,
        f"install {name}, or start it with the project's feature `docker`",
    )


def _run(*command: str) -> process.ProcessResult:
    return process.run(command, Path(gettempdir()), timeout=PROGRAM_TIMEOUT)


def _knock(host: str, port: int, words: bytes) -> bytes:
    try:
        with socket.create_connection((host, port), timeout=SERVER_TIMEOUT) as line:
            line.sendall(words)
            return line.recv(64)
    except OSError:
        return b""


CHECKS: Mapping[str, Callable[[], Fact]] = {
    "Python": check_python,
    "git": check_git,
    "git identity": check_identity,
    "uv": check_uv,
    "network": check_network,
    "PostgreSQL": check_postgresql,
    "Redis": check_redis,
    "Docker": check_docker,
    "browser": check_browser,
}


@dataclass(frozen=True)
class Diagnosis:
    """All facts, in a fixed order."""

    facts: tuple[Fact, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for `--json`."""
        return {"facts": [asdict(fact) for fact in self.facts]}


def doctor(checks: Mapping[str, Callable[[], Fact]] | None = None) -> Diagnosis:
    """Run all checks in parallel; a check that fails or takes too long is reported as unknown."""
    checks = CHECKS if checks is None else checks
    process.uv()  # its first call is not thread-safe (sysconfig)
    pool = ThreadPoolExecutor(max_workers=len(checks))
    futures = {name: pool.submit(check) for name, check in checks.items()}
    wait(futures.values(), timeout=DEADLINE)
    pool.shutdown(wait=False, cancel_futures=True)
    return Diagnosis(tuple(_fact(name, future) for name, future in futures.items()))


def _fact(name: str, future: Future[Fact]) -> Fact:
    if not future.done():
        found = "no answer in time"
    elif error := future.exception():
        found = f"could not be examined: {error}"
    else:
        return future.result()
    return Fact(
        name,
        "limited",
        found,
        "It may be there; what needs it will say so.",
        "scaffold doctor once more",
    )

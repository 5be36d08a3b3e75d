"""Start PostgreSQL and Redis from installed binaries on free ports, never as root."""

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from scaffold.process import run
from scaffold.smoke.results import CannotRun, RunCancelled
from scaffold.smoke.runtime.processes import Processes, inherited_variables

START_TIMEOUT = 30.0  # seconds
POSTGRES = ("initdb", "postgres", "createdb", "pg_isready")
POSTGRES_SETTINGS = (
    "listen_addresses=127.0.0.1",
    "max_connections=200",
    "dynamic_shared_memory_type=mmap",  # in its directory, so that it is removed with it
    "fsync=off",  # the data is deleted after the run
    "full_page_writes=off",
    "synchronous_commit=off",
)
Connection = dict[str, str]  # host, port, user, password, database


class Servers:
    """The servers of a run, each started when it is first needed.

    Args:
        folder: the directory of their data.
        token: the token of the run.
    """

    def __init__(self, folder: Path, token: str) -> None:
        self._root = folder
        self._processes = Processes(token)
        self._lock = threading.Lock()
        self._port = 0  # of PostgreSQL, once it runs
        self._problem = ""
        self._count = 0

    def lease(self, name: str) -> Connection:
        """Return a new database: in the shared PostgreSQL, or a Redis server of its own.

        Raises:
            CannotRun: the server is not installed or does not start.
        """
        with self._lock:
            self._count += 1
            return self._postgres() if name == "postgres" else self._redis()

    def close(self) -> None:
        """Stop all servers."""
        # PostgreSQL frees its shared memory on SIGINT, not when it is killed.
        self._processes.close(signal.SIGINT, START_TIMEOUT)

    def _postgres(self) -> Connection:
        if self._problem:
            raise CannotRun(self._problem)
        binaries = postgres_binaries()
        if not binaries:
            raise CannotRun("PostgreSQL is not installed")
        try:
            self._port = self._port or self._start_postgres(binaries)
        except CannotRun as problem:
            self._problem = str(problem)
            raise
        database = f"smoke{self._count}"
        reach = ["-h", "127.0.0.1", "-p", str(self._port), "-U", "smoke"]
        self._command([str(binaries / "createdb"), *reach, database], self._root)
        return {
            "host": "127.0.0.1",
            "port": str(self._port),
            "user": "smoke",
            "password": "smoke",
            "database": database,
        }

    def _start_postgres(self, binaries: Path) -> int:
        folder = self._folder("postgres")
        data = folder / "data"
        self._command(
            [
                str(binaries / "initdb"),
                "-D",
                str(data),
                "-U",
                "smoke",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ],
            folder,
        )
        settings = [word for setting in POSTGRES_SETTINGS for word in ("-c", setting)]
        command = [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *settings]
        probe = str(binaries / "pg_isready")

        def ready(port: int) -> bool:
            command = [probe, "-q", "-h", "127.0.0.1", "-p", str(port)]
            return run(command, folder, timeout=START_TIMEOUT).ok

        return self._start(lambda port: [*command, "-p", str(port)], folder, ready)

    def _redis(self) -> Connection:
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if not program:
            raise CannotRun("Redis is not installed")
        folder = self._folder(f"redis{self._count}")
        quiet = ["--save", "", "--appendonly", "no", "--dir", str(folder)]
        port = self._start(
            lambda port: [program, "--bind", "127.0.0.1", "--port", str(port), *quiet],
            folder,
            _redis_ready,
        )
        return {"host": "127.0.0.1", "port": str(port), "user": "", "password": "", "database": "0"}

    def _start(
        self, command: Callable[[int], list[str]], folder: Path, ready: Callable[[int], bool]
    ) -> int:
        """Start a server; try again if another process takes the free port first."""
        for _ in range(3):
            port = free_port()
            process = self._processes.start(
                command(port), folder, _variables(), folder / "log", unprivileged()
            )
            deadline = time.monotonic() + START_TIMEOUT
            while process.poll() is None and time.monotonic() < deadline:
                if self._processes.closed:
                    raise RunCancelled
                if ready(port):
                    return port
                time.sleep(0.05)
            self._processes.stop(process)
        raise CannotRun(f"{Path(command(0)[0]).name} does not start: {_last(folder / 'log')}")

    def _command(self, command: list[str], folder: Path) -> None:
        log = self._root / "log"
        process = self._processes.start(command, folder, _variables(), log, unprivileged())
        try:
            code = process.wait(START_TIMEOUT * 2)
        except subprocess.TimeoutExpired:
            code = -1
        self._processes.stop(process, grace=0)
        if code:
            raise CannotRun(f"{Path(command[0]).name} failed: {_last(log)}")

    def _folder(self, name: str) -> Path:
        folder = self._root / name
        folder.mkdir(parents=True, exist_ok=True)
        user = unprivileged()
        if user is not None:
            os.chown(folder, user, -1)
            closed = [above for above in folder.parents if not above.stat().st_mode & 0o001]
            if closed:
                raise CannotRun(f"{closed[0]} cannot be entered by the user that runs the servers")
        return folder


def postgres_binaries() -> Path | None:
    """Find the directory of PostgreSQL's server programs; on Debian it is not on the PATH."""
    found = shutil.which("postgres")
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    asked = shutil.which("pg_config")
    places = [Path(found).parent] if found else []
    places += reversed(newest)
    if asked:
        places.append(Path(run([asked, "--bindir"], Path.cwd()).output.strip()))
    return next((p for p in places if all((p / name).exists() for name in POSTGRES)), None)


def unprivileged() -> int | None:
    """Return the user that runs the servers if we are root: PostgreSQL refuses to run as root."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd  # does not exist on Windows

    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return known.get("postgres", known.get("nobody", 65534))


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _redis_ready(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _variables() -> Connection:
    return {**inherited_variables(), "LC_ALL": "C"}


def _last(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").split("\n") if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "no output")

"""Start processes in groups of their own, with time limits, and stop them all."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from scaffold.smoke.results import CannotRun, RunCancelled, StepFailed
from scaffold.smoke.runtime.cleanup import MARK

GRACE = 5.0  # seconds between SIGTERM and SIGKILL
INHERITED = (
    "HOME",
    "LANG",
    "LOGNAME",
    "NETRC",
    "PATH",
    "SHELL",
    "SYSTEMROOT",
    "TERM",
    "TZ",
    "USER",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
)
PREFIXES = ("DOCKER_", "LC_", "PIP_", "SSL_", "UV_")


class Processes:
    """The processes of one part of a run.

    Args:
        token: identifies the run in the environment of every process.
    """

    def __init__(self, token: str) -> None:
        self.token = token
        self._live: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether no process may be started any more."""
        return self._closed

    def start(
        self,
        command: Sequence[str],
        folder: Path,
        variables: Mapping[str, str],
        log: Path,
        user: int | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program and append its output to a log.

        Raises:
            CannotRun: there is no such program.
            RunCancelled: the run is being stopped.
        """
        with self._lock, log.open("ab") as stream:
            if self._closed:
                raise RunCancelled
            try:
                process = subprocess.Popen(
                    list(command),
                    cwd=folder,
                    env={**variables, MARK: self.token},
                    stdin=subprocess.DEVNULL,
                    stdout=stream,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    user=user,
                    extra_groups=None if user is None else [],
                )
            except FileNotFoundError:
                raise CannotRun(f"{command[0]} is not installed") from None
            except PermissionError as error:
                raise CannotRun(f"{command[0]} may not be run: {error.strerror}") from None
            self._live.add(process)
            return process

    def run(
        self,
        command: Sequence[str],
        folder: Path,
        variables: Mapping[str, str],
        log: Path,
        seconds: float,
    ) -> int:
        """Run a program to its end and return its exit status.

        Raises:
            CannotRun: there is no such program.
            StepFailed: it exceeded its time limit and was killed.
            RunCancelled: the run is being stopped.
        """
        process = self.start(command, folder, variables, log)
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise StepFailed(f"took longer than {seconds:g} seconds and was killed") from None
        finally:
            self.stop(process, grace=0)
        if self._closed:
            raise RunCancelled
        return code

    def stop(self, process: subprocess.Popen[bytes], grace: float = GRACE) -> bool:
        """Stop a process and its group.

        Args:
            process: the process.
            grace: seconds between SIGTERM and SIGKILL.

        Returns:
            Whether the whole group ended after SIGTERM.
        """
        if grace and process.poll() is None:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(grace)
        gentle = process.poll() is not None and not _group_lives(process.pid, grace / 10)
        if not gentle:
            _kill_group(process.pid)
        process.wait()
        with self._lock:
            self._live.discard(process)
        return gentle

    def close(self, ask: signal.Signals = signal.SIGKILL, grace: float = 0) -> None:
        """Stop all processes; none can be started afterwards.

        Args:
            ask: the signal that each process gets first.
            grace: seconds before SIGKILL.
        """
        with self._lock:
            self._closed = True
            live = list(self._live)
        for process in live:
            if grace and process.poll() is None:
                process.send_signal(ask)
        for process in live:
            with suppress(subprocess.TimeoutExpired):
                process.wait(grace)
            _kill_group(process.pid)
            process.wait()


def inherited_variables() -> dict[str, str]:
    """Return the environment variables that processes inherit: none meant for another project."""
    names = {*INHERITED, "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"}
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper() in names or name.startswith(PREFIXES)
    }


def _group_lives(group: int, timeout: float) -> bool:
    """Tell whether a process group still has members after a moment."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            os.killpg(group, 0)
        except OSError:
            return False
        if time.monotonic() >= deadline:
            return True
        time.sleep(0.02)


def _kill_group(group: int) -> None:
    with suppress(OSError):
        os.killpg(group, signal.SIGKILL)

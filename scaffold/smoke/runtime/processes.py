"""Programs in process groups of their own: time limits kept, nothing left running."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from scaffold.smoke.results import CannotRun, Halted, StepFailed
from scaffold.smoke.runtime.cleanup import MARK

GRACE = 5.0  # seconds between asking a program to end and ending it
INHERITED = ("HOME", "LANG", "LOGNAME", "NETRC", "PATH", "SHELL", "SYSTEMROOT", "TERM", "TZ",
             "USER", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")  # fmt: skip
PREFIXES = ("DOCKER_", "LC_", "PIP_", "SSL_", "UV_")


class Processes:
    """The programs that one part of a run has started.

    Args:
        token: identifies the run in every child's environment.
    """

    def __init__(self, token: str) -> None:
        self.token = token
        self._live: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether nothing may be started any more."""
        return self._closed

    def start(
        self,
        command: Sequence[str],
        folder: Path,
        variables: Mapping[str, str],
        log: Path,
        user: int | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program; what it prints is appended to its log.

        Raises:
            CannotRun: there is no such program.
            Halted: the run is being stopped.
        """
        with self._lock, log.open("ab") as stream:
            if self._closed:
                raise Halted
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
            StepFailed: it took too long, and was ended with all it had started.
            Halted: the run is being stopped.
        """
        process = self.start(command, folder, variables, log)
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise StepFailed(f"took longer than {seconds:g} seconds and was ended") from None
        finally:
            self.stop(process, grace=0)
        if self._closed:
            raise Halted
        return code

    def stop(self, process: subprocess.Popen[bytes], grace: float = GRACE) -> bool:
        """End a program and its group.

        Args:
            process: what `start` returned.
            grace: seconds it has to end by itself after being asked.

        Returns:
            Whether it, and all it had started, ended when asked.
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
        """End everything at once; nothing can be started afterwards.

        Args:
            ask: what each program is told.
            grace: seconds after which it is ended by force.
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


def inherited() -> dict[str, str]:
    """What programs may see of the person's environment: no setting meant for another project."""
    names = {*INHERITED, "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"}
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper() in names or name.startswith(PREFIXES)
    }


def _group_lives(group: int, patience: float) -> bool:
    """Whether members of a group are left, after a moment to end with their leader."""
    deadline = time.monotonic() + patience
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

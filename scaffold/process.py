"""Run programs: without a terminal and with a time limit, or in the user's; and find uv."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 600  # seconds: enough to download every dependency
LABEL = re.compile(r"^(error|fatal|cause|Caused by|hint): +")  # of messages of git and uv
# No program ends with these.
TIMED_OUT = 1124
NOT_RUNNABLE = 1126
NOT_INSTALLED = 1127
# Settings of another project, an active environment, a repository whose hook runs us.
FOREIGN = frozenset(
    [
        "UV_EXTRA",
        "UV_FROZEN",
        "UV_ISOLATED",
        "UV_LOCKED",
        "UV_NO_DEFAULT_GROUPS",
        "UV_NO_DEV",
        "UV_NO_EDITABLE",
        "UV_NO_GROUP",
        "UV_NO_INSTALL_LOCAL",
        "UV_NO_INSTALL_PROJECT",
        "UV_NO_INSTALL_WORKSPACE",
        "UV_NO_SYNC",
        "UV_PROJECT",
        "UV_PROJECT_ENVIRONMENT",
        "UV_WORKING_DIR",
        "UV_WORKING_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_INDEX_FILE",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_WORK_TREE",
        "PYTHONPATH",
        "VIRTUAL_ENV",
    ]
)


@dataclass(frozen=True)
class ProcessResult:
    """The result of a program.

    Args:
        code: its exit status; or `NOT_INSTALLED`, `NOT_RUNNABLE`, `TIMED_OUT`.
        output: its output on both streams.
    """

    code: int
    output: str = ""

    @property
    def ok(self) -> bool:
        """Whether the program succeeded."""
        return self.code == 0

    @property
    def last(self) -> str:
        """The last line of the output without its label: usually the reason of a failure."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        return LABEL.sub("", lines[-1]) if lines else f"exit status {self.code}"


def run(
    command: Sequence[str],
    folder: Path,
    variables: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
    text: str | None = None,
) -> ProcessResult:
    """Run a program and wait for its end.

    Args:
        command: the program and its arguments.
        folder: the working directory.
        variables: environment variables in addition to the inherited ones.
        timeout: seconds after which it is killed.
        text: what it reads on its standard input.
    """
    stdin = subprocess.DEVNULL if text is None else subprocess.PIPE
    child = _started(command, folder, variables, stdin, subprocess.PIPE)
    return (
        child if isinstance(child, ProcessResult) else _finished(command[0], child, timeout, text)
    )


def run_in_terminal(command: Sequence[str], folder: Path) -> ProcessResult:
    """Run a program that may talk with the user, and wait for its end; its output is not kept.

    What it prints stands with our messages, so that our standard output holds data alone.

    Args:
        command: the program and its arguments.
        folder: the working directory.
    """
    child = _started(command, folder, None, None, sys.stderr.fileno())
    return child if isinstance(child, ProcessResult) else _finished(command[0], child, None, None)


def in_terminal() -> bool:
    """Return whether a user can be asked."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _started(
    command: Sequence[str],
    folder: Path,
    variables: Mapping[str, str] | None,
    stdin: int | None,
    stdout: int,
) -> "subprocess.Popen[str] | ProcessResult":
    """Start a program; return the result of one that cannot be started."""
    try:
        return subprocess.Popen(
            list(command),
            cwd=folder,
            env={**_inherited(), **(variables or {})},
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.STDOUT,
            errors="replace",  # and so text, not bytes
        )
    except (FileNotFoundError, NotADirectoryError):
        return ProcessResult(NOT_INSTALLED, f"{command[0]} is not installed")
    except OSError as error:
        return ProcessResult(NOT_RUNNABLE, f"{command[0]} cannot be run: {error.strerror}")


def _finished(
    program: str, child: "subprocess.Popen[str]", timeout: float | None, text: str | None
) -> ProcessResult:
    """Wait for the end of a program; kill it after its time, or where the wait is interrupted."""
    with child:
        try:
            output, _ = child.communicate(text, timeout=timeout)
        except BaseException as error:
            _kill(child)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            return ProcessResult(TIMED_OUT, f"{program} took longer than {timeout:g} seconds")
    return ProcessResult(child.returncode, output or "")


def _inherited() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def _kill(child: subprocess.Popen[str]) -> None:
    """Kill a process and wait until it writes no more."""
    child.kill()
    child.wait()


def uv() -> str:
    """Return the path of uv: that of the installed package, else the one on the PATH."""
    try:
        from uv import find_uv_bin

        return find_uv_bin()
    except (ImportError, FileNotFoundError):
        return shutil.which("uv") or "uv"


def workspace_above(folder: Path) -> Path | None:
    """Return the uv workspace above a directory, whether or not it includes it."""
    for above in folder.absolute().parents:
        with suppress(OSError, ValueError):
            values = tomllib.loads((above / "pyproject.toml").read_text("utf-8"))
            if "workspace" in values.get("tool", {}).get("uv", {}):
                return above
    return None


def workspace_of(project: Path) -> Path:
    """Return the uv workspace of a project: its own directory unless a workspace includes it."""
    done = run([uv(), "workspace", "dir"], project)
    lines = [Path(line) for line in done.output.splitlines() if Path(line).is_absolute()]
    return lines[-1] if done.ok and lines else project

"""git and uv, run as programs: quiet, without a terminal, never waiting for input."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 600  # seconds that a program may take: a cold download of every dependency included
NOT_INSTALLED = 127  # what a shell says of a missing program


@dataclass(frozen=True)
class Outcome:
    """What a program answered.

    Args:
        code: its exit status; 127 where it is not installed, 124 where its time ran out.
        output: what it printed, both streams.
    """

    code: int
    output: str = ""

    @property
    def ok(self) -> bool:
        """Whether the program ended well."""
        return self.code == 0

    @property
    def last(self) -> str:
        """The last line it printed: usually the reason of a failure."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        return lines[-1] if lines else f"exit status {self.code}"


def run(
    command: Sequence[str],
    folder: Path,
    variables: Mapping[str, str] | None = None,
    patience: float = PATIENCE,
) -> Outcome:
    """Run a program to its end.

    Args:
        command: the program and its arguments.
        folder: the working directory.
        variables: environment variables beside the inherited ones.
        patience: seconds after which it is ended.
    """
    # A virtual environment that happens to be active is not the project's.
    inherited = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}
    try:
        done = subprocess.run(
            list(command),
            cwd=folder,
            env={**inherited, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=patience,
            check=False,
        )
    except FileNotFoundError:
        return Outcome(NOT_INSTALLED, f"{command[0]} is not installed")
    except subprocess.TimeoutExpired:
        return Outcome(124, f"{command[0]} took longer than {patience:g} seconds")
    return Outcome(done.returncode, done.stdout)


def uv() -> str:
    """The path of uv: the one that scaffold brings, else the one on the PATH."""
    try:
        from uv import find_uv_bin

        return find_uv_bin()
    except (ImportError, FileNotFoundError):
        return shutil.which("uv") or "uv"


def inside_work_tree(folder: Path) -> bool:
    """Whether a folder lies in somebody's git repository."""
    done = run(["git", "rev-parse", "--is-inside-work-tree"], folder, patience=10)
    return done.ok and done.output.strip() == "true"

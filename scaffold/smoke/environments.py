"""Locks and environments of a run: each made once, shared by all projects of the same lock."""

import re
import sys
import threading
import tomllib
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from scaffold import programs
from scaffold.errors import Exit, ScaffoldError
from scaffold.smoke.verdict import CannotRun, StepFailed

UNREACHABLE = re.compile(
    r"dns error|error sending request|client error \(Connect\)|Network connectivity is disabled"
    r"|Could not connect|tcp connect error|operation timed out|Temporary failure in name"
    r"|connection refused|network is unreachable",
    re.IGNORECASE,
)
Run = Callable[[list[str], Mapping[str, str]], tuple[int, str]]  # → exit status, what it printed


class Environments:
    """What uv makes for a run.

    Args:
        place: where environments are kept.
        python: the interpreter of all projects.
    """

    def __init__(self, place: Path, python: str) -> None:
        self._place = place
        self._python = python
        self._locks: dict[str, bytes] = {}
        self._guards: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    @property
    def variables(self) -> dict[str, str]:
        """What tells uv which Python to take."""
        return {"UV_PYTHON": self._python}

    def lock(self, project: Path, run: Run) -> None:
        """Lock a project, or check the lock that it brings.

        Raises:
            StepFailed: the requirements contradict each other, or the lock is out of date.
            CannotRun: the package index cannot be reached.
        """
        target = project / "uv.lock"
        if target.exists():
            _uv(["lock", "--check", "--quiet"], run, self.variables)
            return
        key = sha256((project / "pyproject.toml").read_bytes()).hexdigest()
        with self._only(f"lock {key}"):
            if key not in self._locks:
                _uv(["lock", "--quiet"], run, self.variables)
                self._locks[key] = target.read_bytes()
                return
        target.write_bytes(self._locks[key])

    def install(self, project: Path, run: Run) -> Path:
        """Install what a project's lock names, unless another project with the same lock did.

        Returns:
            The environment's folder.

        Raises:
            StepFailed: a requirement cannot be installed.
            CannotRun: the package index cannot be reached.
        """
        place = self._place / self._key(project)
        with self._only(place.name):
            done = place / "installed"
            if not done.exists():
                variables = {**self.variables, "UV_PROJECT_ENVIRONMENT": str(place)}
                _uv(["sync", "--frozen", "--quiet"], run, variables)
                done.touch()
        return place

    def _key(self, project: Path) -> str:
        """One name for all projects that may share an environment."""
        pyproject = (project / "pyproject.toml").read_bytes()
        parts = [(project / "uv.lock").read_bytes(), self._python.encode()]
        values = tomllib.loads(pyproject.decode())
        settings = values.get("tool", {}).get("uv", {})
        if "build-system" in values or settings.get("package"):
            parts.append(str(project).encode())  # it holds a link to this one project
        return sha256(b"\0".join(parts)).hexdigest()[:16]

    def _only(self, name: str) -> threading.Lock:
        with self._guard:
            return self._guards.setdefault(name, threading.Lock())


def interpreter(wanted: str) -> tuple[str, str]:
    """The Python that projects are proven with: its path and full version.

    Args:
        wanted: a version or path; empty for the one that runs scaffold.

    Raises:
        ScaffoldError: it is not on this machine.
    """
    if not wanted:
        return sys.executable, _version(sys.executable)
    done = programs.run([programs.uv(), "python", "find", wanted], Path.cwd(), patience=60)
    if not done.ok:
        raise ScaffoldError(
            f"there is no Python {wanted} here: {done.last}",
            f"uv python install {wanted}",
            Exit.NOT_RUN,
        )
    return done.last, _version(done.last)


def _version(path: str) -> str:
    done = programs.run([path, "-VV"], Path.cwd(), patience=60)
    return done.output.strip()


def _uv(words: list[str], run: Run, variables: Mapping[str, str]) -> None:
    code, output = run([programs.uv(), *words], variables)
    if not code:
        return
    if UNREACHABLE.search(output):
        raise CannotRun("the package index cannot be reached")
    lines = [line.strip(" ×╰─▶") for line in output.splitlines() if line.strip()]
    raise StepFailed(" ".join(lines[-3:]) or f"uv {words[0]} ended with {code}")

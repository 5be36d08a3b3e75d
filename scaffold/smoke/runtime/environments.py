"""Locks and environments of a run: each made once, shared by all projects of the same lock."""

import re
import threading
import tomllib
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from scaffold import process as programs
from scaffold.smoke.results import CannotRun, StepFailed
from scaffold.smoke.runtime.interpreters import Python, Pythons

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
        pythons: finds the interpreter of each project.
    """

    def __init__(self, place: Path, pythons: Pythons) -> None:
        self._place = place
        self._pythons = pythons
        self._locks: dict[str, bytes] = {}
        self._guards: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def python(self, project: Path) -> Python:
        """The interpreter of a project.

        Raises:
            CannotRun: there is none that is new enough.
        """
        path = project / "pyproject.toml"
        values = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        return self._pythons.fitting(str(values.get("project", {}).get("requires-python", "")))

    def lock(self, project: Path, run: Run) -> None:
        """Lock a project, or check the lock that it brings.

        Raises:
            StepFailed: the requirements contradict each other, or the lock is out of date.
            CannotRun: the package index cannot be reached, or no Python fits.
        """
        target = project / "uv.lock"
        variables = {"UV_PYTHON": self.python(project).path}
        if target.exists():
            _uv(["lock", "--check", "--quiet"], run, variables)
            return
        key = sha256((project / "pyproject.toml").read_bytes()).hexdigest()
        with self._only(f"lock {key}"):
            if key not in self._locks:
                _uv(["lock", "--quiet"], run, variables)
                self._locks[key] = target.read_bytes()
                return
        target.write_bytes(self._locks[key])

    def install(self, project: Path, run: Run) -> Path:
        """Install what a project's lock names, unless another project with the same lock did.

        Returns:
            The environment's folder.

        Raises:
            StepFailed: a requirement cannot be installed.
            CannotRun: the package index cannot be reached, or no Python fits.
        """
        place = self._place / self._key(project)
        with self._only(place.name):
            done = place / "installed"
            if not done.exists():
                python = self.python(project).path
                variables = {"UV_PYTHON": python, "UV_PROJECT_ENVIRONMENT": str(place)}
                _uv(["sync", "--frozen", "--quiet"], run, variables)
                done.touch()
        return place

    def _key(self, project: Path) -> str:
        """One name for all projects that may share an environment."""
        pyproject = (project / "pyproject.toml").read_bytes()
        parts = [(project / "uv.lock").read_bytes(), self.python(project).path.encode()]
        values = tomllib.loads(pyproject.decode())
        settings = values.get("tool", {}).get("uv", {})
        if "build-system" in values or settings.get("package"):
            parts.append(str(project).encode())  # it holds a link to this one project
        return sha256(b"\0".join(parts)).hexdigest()[:16]

    def _only(self, name: str) -> threading.Lock:
        with self._guard:
            return self._guards.setdefault(name, threading.Lock())


def _uv(words: list[str], run: Run, variables: Mapping[str, str]) -> None:
    code, output = run([programs.uv(), *words], variables)
    if not code:
        return
    if UNREACHABLE.search(output):
        raise CannotRun("the package index cannot be reached")
    lines = [line.strip(" ×╰─▶") for line in output.splitlines() if line.strip()]
    raise StepFailed(" ".join(lines[-3:]) or f"uv {words[0]} ended with {code}")

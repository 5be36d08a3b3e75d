"""Locks and virtual environments, shared by all projects with the same lock."""

import re
import threading
import tomllib
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from scaffold import process
from scaffold.smoke.results import CannotRun, StepFailed
from scaffold.smoke.runtime.interpreters import Interpreter, Interpreters

UNREACHABLE = re.compile(
    r"dns error|error sending request|client error \(Connect\)|Network connectivity is disabled"
    r"|Could not connect|tcp connect error|operation timed out|Temporary failure in name"
    r"|connection refused|network is unreachable",
    re.IGNORECASE,
)
Run = Callable[[list[str], Mapping[str, str]], tuple[int, str]]  # → exit status, output


class Environments:
    """Creates locks and environments with uv.

    Args:
        folder: the directory of the environments.
        interpreters: chooses the interpreter of each project.
    """

    def __init__(self, folder: Path, interpreters: Interpreters) -> None:
        self._folder = folder
        self._interpreters = interpreters
        self._locks: dict[str, bytes] = {}
        self._guards: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def python(self, project: Path) -> Interpreter:
        """Return the interpreter of a project.

        Raises:
            CannotRun: no installed interpreter is new enough.
        """
        path = project / "pyproject.toml"
        values = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        return self._interpreters.for_project(
            str(values.get("project", {}).get("requires-python", ""))
        )

    def lock(self, project: Path, run: Run) -> None:
        """Lock a project, or check the lock that it has.

        Raises:
            StepFailed: the requirements conflict, or the lock is out of date.
            CannotRun: the package index cannot be reached, or no interpreter is new enough.
        """
        target = project / "uv.lock"
        variables = {"UV_PYTHON": self.python(project).path}
        if target.exists():
            _uv(["lock", "--check", "--quiet"], run, variables)
            return
        key = sha256((project / "pyproject.toml").read_bytes()).hexdigest()
        with self._lock_of(f"lock {key}"):
            if key not in self._locks:
                _uv(["lock", "--quiet"], run, variables)
                self._locks[key] = target.read_bytes()
                return
        target.write_bytes(self._locks[key])

    def install(self, project: Path, run: Run) -> Path:
        """Install the lock of a project, unless another project with the same lock did.

        Returns:
            The environment.

        Raises:
            StepFailed: a requirement cannot be installed.
            CannotRun: the package index cannot be reached, or no interpreter is new enough.
        """
        environment = self._folder / self._key(project)
        with self._lock_of(environment.name):
            done = environment / "installed"
            if not done.exists():
                python = self.python(project).path
                variables = {"UV_PYTHON": python, "UV_PROJECT_ENVIRONMENT": str(environment)}
                _uv(["sync", "--frozen", "--quiet"], run, variables)
                done.touch()
        return environment

    def _key(self, project: Path) -> str:
        """Return one name for all projects that may share an environment."""
        pyproject = (project / "pyproject.toml").read_bytes()
        parts = [(project / "uv.lock").read_bytes(), self.python(project).path.encode()]
        values = tomllib.loads(pyproject.decode())
        settings = values.get("tool", {}).get("uv", {})
        if "build-system" in values or settings.get("package"):
            parts.append(str(project).encode())  # the environment links to this project
        return sha256(b"\0".join(parts)).hexdigest()[:16]

    def _lock_of(self, name: str) -> threading.Lock:
        with self._guard:
            return self._guards.setdefault(name, threading.Lock())


def _uv(words: list[str], run: Run, variables: Mapping[str, str]) -> None:
    code, output = run([process.uv(), *words], variables)
    if not code:
        return
    if UNREACHABLE.search(output):
        raise CannotRun("the package index cannot be reached")
    lines = [line.strip(" ×╰─▶") for line in output.splitlines() if line.strip()]
    raise StepFailed(" ".join(lines[-3:]) or f"uv {words[0]} ended with {code}")

"""Choose the Python interpreter of each project."""

import os
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scaffold import process
from scaffold.errors import Exit, ScaffoldError
from scaffold.smoke.results import CannotRun


@dataclass(frozen=True)
class Interpreter:
    """An interpreter: its path, its full version text and its minor version."""

    path: str
    version: str
    minor: int


class Interpreters:
    """Chooses interpreters: the wanted one, else the one that runs scaffold if it is new enough.

    Args:
        wanted: a version or path for all projects; empty for the one that runs scaffold.

    Raises:
        ScaffoldError: the wanted interpreter is not installed.
    """

    def __init__(self, wanted: str) -> None:
        found = _find(wanted) if wanted else _inspect(sys.executable)
        if found is None:
            raise ScaffoldError(
                f"Python {wanted} is not installed", f"uv python install {wanted}", Exit.NOT_RUN
            )
        self._default = found
        self._is_fixed = bool(wanted)

    def for_project(self, requires: str) -> Interpreter:
        """Return an interpreter for a project.

        Args:
            requires: the project's `requires-python`.

        Raises:
            CannotRun: no installed interpreter, or not the wanted one, is new enough.
        """
        least = re.search(r">=\s*3\.(\d+)", requires)
        if not least or int(least[1]) <= self._default.minor:
            return self._default
        if self._is_fixed:
            raise CannotRun(f"it needs Python {requires}, not the 3.{self._default.minor} chosen")
        found = _find(f"3.{least[1]}") or _find(f">=3.{least[1]}")
        if found is None:
            raise CannotRun(f"it needs Python {requires}, which is not installed")
        return found


@cache
def _find(request: str) -> Interpreter | None:
    """Look where uv looks, then among the versions of pyenv, which need not be on the PATH."""
    done = process.run(
        [process.uv(), "python", "find", "--system", request], Path.cwd(), timeout=60
    )
    if done.ok:
        return _inspect(done.last)
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = sorted(root.glob(f"versions/{request}.*/bin/python"))
    return _inspect(str(found[-1])) if found else None


@cache
def _inspect(path: str) -> Interpreter:
    done = process.run([path, "-VV"], Path.cwd(), timeout=60)
    minor = re.search(r"Python 3\.(\d+)", done.output)
    return Interpreter(path, done.output.strip(), int(minor[1]) if minor else 0)

"""The Python of each project: the one asked for, else the one that runs scaffold, if new enough."""

import os
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scaffold import process as programs
from scaffold.errors import Exit, ScaffoldError
from scaffold.smoke.results import CannotRun


@dataclass(frozen=True)
class Python:
    """An interpreter: its path, its full version text, the second number of its version."""

    path: str
    version: str
    minor: int


class Pythons:
    """Finds interpreters.

    Args:
        wanted: a version or path for all projects; empty for the one that runs scaffold.

    Raises:
        ScaffoldError: the wanted one is not on this machine.
    """

    def __init__(self, wanted: str) -> None:
        found = _search(wanted) if wanted else _python(sys.executable)
        if found is None:
            raise ScaffoldError(f"there is no Python {wanted} here",
                                f"uv python install {wanted}", Exit.NOT_RUN)  # fmt: skip
        self._usual = found
        self._asked = bool(wanted)

    def fitting(self, requires: str) -> Python:
        """The interpreter of a project.

        Args:
            requires: its `requires-python`.

        Raises:
            CannotRun: it needs a newer one than there is, or than was asked for.
        """
        least = re.search(r">=\s*3\.(\d+)", requires)
        if not least or int(least[1]) <= self._usual.minor:
            return self._usual
        if self._asked:
            raise CannotRun(f"it needs Python {requires}, and 3.{self._usual.minor} was asked for")
        found = _search(f"3.{least[1]}") or _search(f">=3.{least[1]}")
        if found is None:
            raise CannotRun(f"it needs Python {requires}, which is not here")
        return found


@cache
def _search(request: str) -> Python | None:
    """Look where uv looks, then among the versions of pyenv, which need not be on the PATH."""
    done = programs.run(
        [programs.uv(), "python", "find", "--system", request], Path.cwd(), patience=60
    )
    if done.ok:
        return _python(done.last)
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = sorted(root.glob(f"versions/{request}.*/bin/python"))
    return _python(str(found[-1])) if found else None


@cache
def _python(path: str) -> Python:
    done = programs.run([path, "-VV"], Path.cwd(), patience=60)
    number = re.search(r"Python 3\.(\d+)", done.output)
    return Python(path, done.output.strip(), int(number[1]) if number else 0)

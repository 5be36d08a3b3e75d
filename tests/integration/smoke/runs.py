"""Running smoke in a test, in this process or as a program."""

import os
import subprocess
import sys
from pathlib import Path

from scaffold.commands.smoke import Request, smoke
from scaffold.smoke.listener import SilentListener
from scaffold.smoke.results import RunResult, Status
from scaffold.smoke.runtime.runner import RunSettings


def run(pack: Path, *only: str, workers: int = 2, **wanted: object) -> RunResult:
    """Prove a pack; `features` and `resources` take the place of the matrix."""
    settings = {key: wanted.pop(key) for key in list(wanted) if key in RunSettings.__annotations__}
    request = Request(
        pack=str(pack), only=only, settings=RunSettings(workers=workers, **settings), **wanted
    )  # type: ignore[arg-type]  # the caller's keywords are those of the two dataclasses
    return smoke(request, SilentListener())


def status(run_result: RunResult, step: str) -> Status:
    """What became of a step of the only case."""
    (result,) = run_result.cases
    return next(found.status for found in result.steps if found.step == step)


def command(*words: object, cwd: Path) -> "subprocess.Popen[str]":
    """Start `scaffold smoke` as people do."""
    return subprocess.Popen(
        [sys.executable, "-m", "scaffold", "smoke", *map(str, words)],
        cwd=cwd,
        env=os.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

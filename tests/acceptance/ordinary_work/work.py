"""Read a piece of work and do it in a project.

A piece is a TOML file with a summary and steps in their order. A step either runs a command or
writes text:

    [[step]]
    run = "make migration m=add_discount"

    [[step]]
    path = "app/blueprints/catalog/models.py"   # may be a pattern that one file matches
    after = '__tablename__ = "catalog_product"' # or `before`, or `replace`
    text = '''…'''

Text without `after`, `before` or `replace` makes a new file, or goes to the end of one. `after` and
`before` name the one line that contains them.
"""

import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.projects import check, run

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Work:
    """A piece of ordinary work.

    Args:
        name: of its file.
        summary: what is done.
        steps: what is run and written, in order.
        features: those that it needs beside the defaults.
        postgres: whether it is about PostgreSQL.
    """

    name: str
    summary: str
    steps: tuple[Mapping[str, str], ...]
    features: tuple[str, ...] = ()
    postgres: bool = False

    @property
    def installs(self) -> bool:
        """Whether it adds a dependency."""
        return any(step.get("run", "").startswith("uv add") for step in self.steps)


def read(pack: str) -> list[Work]:
    """Return all pieces for a pack."""
    return [_read(path) for path in sorted((HERE / pack).glob("*.toml"))]


def _read(path: Path) -> Work:
    table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return Work(
        name=path.stem,
        summary=table["summary"],
        steps=tuple(table["step"]),
        features=tuple(table.get("features", ())),
        postgres=table.get("postgres", False),
    )


def do(work: Work, project: Path, variables: Mapping[str, str]) -> None:
    """Do a piece of work in a project."""
    for step in work.steps:
        if "run" in step:
            check(run(project, *shlex.split(step["run"]), **variables))
        else:
            _write(project, step)


def _write(project: Path, step: Mapping[str, str]) -> None:
    if not {"after", "before", "replace"} & set(step):
        target = project / step["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("a", encoding="utf-8") as file:
            file.write(step["text"])
        return
    (target,) = project.glob(step["path"])
    text = target.read_text("utf-8")
    target.write_text(_changed(text, step, target), "utf-8")


def _changed(text: str, step: Mapping[str, str], target: Path) -> str:
    if "replace" in step:
        times = text.count(step["replace"])
        assert times == 1, f"{target} has {step['replace']!r} {times} times"
        return text.replace(step["replace"], step["text"])
    anchor = step.get("after") or step["before"]
    lines = text.splitlines(keepends=True)
    found = [number for number, line in enumerate(lines) if anchor in line]
    assert len(found) == 1, f"{target} has {len(found)} lines with {anchor!r}"
    position = found[0] + ("after" in step)
    return "".join([*lines[:position], step["text"], *lines[position:]])

"""`scaffold diff`: what the user changed in the template's files."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaffold.commands.existing import Project, base_of, named_as_moved, read_yours
from scaffold.merge import find_moves
from scaffold.merge.file import is_binary, same_text
from scaffold.model.tree import File, Tree


@dataclass(frozen=True)
class FileDiff:
    """How one file differs from the template's.

    Args:
        path: where the project has it, or had it.
        change: changed, removed or moved.
        template_path: where the template has it.
        added: how many lines the user added.
        removed: how many lines the user removed.
        lines: a unified diff.
    """

    path: str
    change: str
    template_path: str
    added: int = 0
    removed: int = 0
    lines: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return {**vars(self), "lines": list(self.lines)}


def diff(project: Project) -> list[FileDiff]:
    """Compare a project with what the template gave it last.

    Raises:
        ScaffoldError: that cannot be told.
    """
    return compare(project.root, base_of(project).tree, project.state.moves)


def compare(root: Path, base: Tree, moved: Mapping[str, str]) -> list[FileDiff]:
    """Compare the files of a directory with what a template gave it last.

    Args:
        root: the directory.
        base: what the template gave it.
        moved: where the user moved files of the template.
    """
    yours = read_yours(root, moved, base, Tree({}))
    moves = find_moves(base, yours, (), moved)
    base = named_as_moved(base, moves)
    found = (_compare(base[path], yours, path, moves.get(path, path)) for path in base)
    return [one for one in found if one]


def _compare(base: File, yours: Tree, path: str, place: str) -> FileDiff | None:
    mine = yours.get(place)
    if mine is None:
        removed = _lines(base)
        return FileDiff(path, "removed", path, 0, len(removed))
    if same_text(base, mine) and base.executable == mine.executable:
        return FileDiff(place, "moved", path) if place != path else None
    lines = difflib.unified_diff(
        _lines(base), _lines(mine), f"template/{path}", f"yours/{place}", lineterm=""
    )
    rows = tuple(lines)
    return FileDiff(place, "changed", path, _count(rows, "+"), _count(rows, "-"), rows)


def _lines(file: File) -> list[str]:
    if is_binary(file.content):
        return [f"binary, {len(file.content)} bytes, {file.digest[:12]}"]
    return file.content.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")


def _count(rows: Sequence[str], sign: str) -> int:
    return sum(row.startswith(sign) for row in rows[2:])

"""`scaffold undo`: take the last operation back, byte for byte."""

from dataclasses import dataclass
from pathlib import Path

from scaffold import git
from scaffold.errors import ScaffoldError
from scaffold.project import journal
from scaffold.project.state import find_project


@dataclass(frozen=True)
class UndoResult:
    """What was taken back.

    Args:
        root: the project.
        name: the operation.
        files: the paths that are as they were before it.
    """

    root: Path
    name: str
    files: tuple[str, ...]


def undo(start: Path, *, abort: bool = False, keep_changed: bool = False) -> UndoResult:
    """Take the last operation back.

    Args:
        start: a directory of the project.
        abort: after conflicts: take back what was done about them, too.
        keep_changed: leave files that were changed since then as they are.

    Raises:
        ScaffoldError: there is nothing to undo, or files were changed since then.
    """
    root = find_project(start)
    with journal.lock(root):
        journal.recover(root)
        unmerged = _unmerged(root)
        if abort and not unmerged:
            raise ScaffoldError(
                "there are no conflicts to abort", "scaffold undo takes the last operation back"
            )
        step = journal.undo(root, force=keep_changed, discard=abort)
        if unmerged:
            git.run(root, "reset", "--quiet", "--", *unmerged)
    return UndoResult(root, step.name, tuple(step.paths))


def _unmerged(root: Path) -> list[str]:
    done = git.run(root, "ls-files", "-z", "--unmerged")
    if not done.ok:
        return []
    return sorted({entry.partition("\t")[2] for entry in done.output.split("\0") if entry})

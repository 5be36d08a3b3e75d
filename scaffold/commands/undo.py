"""`scaffold undo`: take the last operation back, byte for byte."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scaffold import git, process
from scaffold.commands.existing import Project, open_project
from scaffold.commands.finish import RUN, commands_of, migrations_among
from scaffold.errors import Exit, ScaffoldError
from scaffold.project import journal
from scaffold.project.journal import Step
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
        ScaffoldError: there is nothing to undo, files were changed since then, or the database has
            a migration of it.
    """
    root = find_project(start)
    with journal.lock(root):
        journal.recover(root)
        unmerged = _unmerged(root)
        if abort and not unmerged:
            raise ScaffoldError(
                "there are no conflicts to abort", "scaffold undo takes the last operation back"
            )
        if step := journal.last_step(root):
            _check_database(root, step)
        step = journal.undo(root, force=keep_changed, discard=abort)
        if unmerged:
            git.run(root, "reset", "--quiet", "--", *unmerged)
    return UndoResult(root, step.name, tuple(step.paths))


def _check_database(root: Path, step: Step) -> None:
    """Refuse to take away migrations that the project's database has: only they lead back.

    Raises:
        ScaffoldError: it has them (exit code 3); the hint takes them back.
    """
    try:
        project = open_project(root)
    except ScaffoldError:  # of a template, which has no such commands; or its pack is not at hand
        return
    if "migrated" not in commands_of(project) or not (back := list(_ways_back(project, step))):
        return
    command = shlex.split(commands_of(project)["migrated"])
    if process.run([process.uv(), *RUN, *command], root).ok:
        raise ScaffoldError(
            f"the database has the migration of {step.name}; nothing was undone",
            f"{' && '.join(dict.fromkeys(back))}; then type the same again",
            Exit.EXISTS,
        )


def _ways_back(project: Project, step: Step) -> Iterator[str]:
    """Yield the commands that take a database back to before a step."""
    new = set(step.after) - set(step.before)
    for path in map(PurePosixPath, migrations_among(project, new)):
        names = {one.stem for one in (project.root / path.parent).glob("[0-9]*.py")}
        older = names - {PurePosixPath(one).stem for one in new}
        command = commands_of(project)["migrate_back"]
        words = {"{app}": path.parent.parent.name, "{previous}": max(older, default="zero")}
        for key, word in words.items():
            command = command.replace(key, word)
        yield f"uv run {command}"


def _unmerged(root: Path) -> list[str]:
    done = git.run(root, "ls-files", "-z", "--unmerged")
    if not done.ok:
        return []
    return sorted({entry.partition("\t")[2] for entry in done.output.split("\0") if entry})

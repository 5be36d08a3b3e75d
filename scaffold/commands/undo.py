"""`scaffold undo`: take the last operation back, byte for byte."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scaffold import git, process
from scaffold.commands.existing import Project, open_project
from scaffold.commands.finish import RUN, commands_of, migrations_among
from scaffold.errors import Exit, ScaffoldError
from scaffold.project import journal
from scaffold.project.files import list_files
from scaffold.project.journal import Step
from scaffold.project.state import find_project

REVISION = re.compile(r"^revision\b[^\"'\n]*[\"'](\w+)", re.MULTILINE)  # as Alembic writes it


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
        ScaffoldError: there is nothing to undo, files were changed since then, or the database or
            another migration needs a migration of it.
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
            _check_migrations(root, step)
        step = journal.undo(root, force=keep_changed, discard=abort)
        if unmerged:
            git.run(root, "reset", "--quiet", "--", *unmerged)
    return UndoResult(root, step.name, tuple(step.paths))


def _check_migrations(root: Path, step: Step) -> None:
    """Refuse to take away migrations on which others build, or which the project's database has.

    Raises:
        ScaffoldError: it is so (exit code 3); the hint says what to do first.
    """
    try:
        project = open_project(root)
    except ScaffoldError:  # of a template, which has no such commands; or its pack is not at hand
        return
    new = migrations_among(project, set(step.after) - set(step.before))
    if later := _later(project, step, new):
        raise ScaffoldError(
            f"{', '.join(later)} builds on the migration of {step.name}; nothing was undone",
            "take that one back first",
            Exit.EXISTS,
        )
    commands = commands_of(project)
    if not new or "migrated" not in commands:
        return
    if process.run([process.uv(), *RUN, *shlex.split(commands["migrated"])], root).ok:
        back = dict.fromkeys(_way_back(project, path, new) for path in new)
        raise ScaffoldError(
            f"the database has the migration of {step.name}; nothing was undone",
            f"{' && '.join(back)}; then type the same again",
            Exit.EXISTS,
        )


def _later(project: Project, step: Step, new: list[str]) -> list[str]:
    """Return the migrations that name one of a step: by its file, or by its revision."""
    names = {PurePosixPath(path).stem for path in new}
    for path in new:
        names |= set(REVISION.findall(step.after[path].content.decode("utf-8", "replace")))
    quoted = [f"{quote}{name}{quote}".encode() for name in names for quote in "'\""]
    others = migrations_among(project, set(list_files(project.root)) - set(new)) if new else []
    found = journal.read_files(project.root, others)
    return [path for path, file in found.items() if any(one in file.content for one in quoted)]


def _way_back(project: Project, path: str, new: list[str]) -> str:
    """Return the command that takes a database back to before a migration."""
    place = PurePosixPath(path)
    names = {one.stem for one in (project.root / place.parent).glob("[0-9]*.py")}
    older = names - {PurePosixPath(one).stem for one in new}
    command: str = commands_of(project)["migrate_back"]
    words = {"{app}": place.parent.parent.name, "{previous}": max(older, default="zero")}
    for key, word in words.items():
        command = command.replace(key, word)
    return f"uv run {command}"


def _unmerged(root: Path) -> list[str]:
    done = git.run(root, "ls-files", "-z", "--unmerged")
    if not done.ok:
        return []
    return sorted({entry.partition("\t")[2] for entry in done.output.split("\0") if entry})

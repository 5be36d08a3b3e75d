"""Hooks of a template: run in the staged project, then all that they left is looked at."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scaffold import process
from scaffold.errors import Exit, ScaffoldError
from scaffold.model.template import Hook
from scaffold.project.files import GENERATED
from scaffold.rendering.validate import check_path

Snapshot = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Staged:
    """A project while hooks run in it.

    Args:
        project: the directory.
        target: where it will be.
        beside: directories in which a hook has no business, and that are looked at.
        terminal: whether hooks have the terminal, and so may ask in it.
    """

    project: Path
    target: Path
    beside: tuple[Path, ...] = ()
    terminal: bool = False

    def snapshot(self) -> Snapshot:
        """Return what lies in the directories where a hook has no business."""
        found: Snapshot = {}
        for folder in self.beside:
            for entry in os.scandir(folder) if folder.is_dir() else ():
                if not self.project.is_relative_to(entry.path):
                    about = entry.stat(follow_symlinks=False)
                    found[entry.path] = (about.st_mtime_ns, about.st_size)
        return found


def run_hooks(hooks: Sequence[Hook], staged: Staged) -> list[str]:
    """Run scripts one after another, in a project.

    Returns:
        What they said, a line each.

    Raises:
        ScaffoldError: one of them failed.
    """
    said: list[str] = []
    for hook in hooks:
        with TemporaryDirectory(prefix="scaffold-") as folder:
            script = Path(folder, f"hook{Path(hook.name).suffix}")
            script.write_bytes(hook.content)
            said += run_script(
                script, hook.name, staged.project, staged.target, terminal=staged.terminal
            )
    return said


def run_script(script: Path, name: str, folder: Path, final: Path, *, terminal: bool) -> list[str]:
    """Run one script as cookiecutter does: Python by our Python, others by their first line.

    Args:
        script: the script.
        name: what an error calls it.
        folder: where it runs.
        final: where that folder goes; what the script prints names this path.
        terminal: it has the terminal, and may ask in it.

    Returns:
        What it said, as far as the user has not seen it.

    Raises:
        ScaffoldError: it failed.
    """
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    command = [sys.executable, str(script)] if script.suffix == ".py" else [str(script)]
    start = process.run_in_terminal if terminal else process.run
    done = start(command, folder)
    done = replace(done, output=done.output.replace(str(folder), str(final)))
    if done.last.startswith("EOFError: "):  # Python's input() without a terminal
        raise ScaffoldError(
            f"the hook {name} asks for input, which it cannot do here; nothing was written",
            "in a terminal, scaffold new without --defaults and --json lets hooks ask",
        )
    if not done.ok:
        raise ScaffoldError(
            f"the hook {name} failed: {done.last}; nothing was written",
            "this is for the template's author, unless an answer is at fault",
            Exit.REFUSED,
        )
    return done.output.splitlines()


def changed(before: Snapshot, after: Snapshot) -> list[str]:
    """Return the paths that hooks wrote or removed where they have no business."""
    return sorted(path for path in {*before, *after} if before.get(path) != after.get(path))


def rescan(staged: Staged) -> list[str]:
    """Look at all that hooks left; let what names the staged directory name the final one.

    Returns:
        What a person should know.

    Raises:
        ScaffoldError: a path can have no place in a project.
    """
    notes = []
    staging, target = os.fsencode(staged.project), os.fsencode(staged.target)
    for path, name in _walk(staged.project):
        if problem := next(check_path(name), ""):
            raise ScaffoldError(
                f"a hook wrote {name}, which {problem}; nothing was written",
                "this is a fault of the template",
                Exit.BUG,
            )
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            if not path.resolve().is_relative_to(staged.project.resolve()):
                notes.append(f"a hook made {name}, a link that leads out of the project")
            _retarget_link(path, staged)
        elif not stat.S_ISREG(kind):
            raise ScaffoldError(f"a hook made {name}, which is not a regular file", code=Exit.BUG)
        elif staging in (content := path.read_bytes()):
            if b"\0" in content:
                notes.append(f"{name} names the directory in which the hooks ran")
            else:
                path.write_bytes(content.replace(staging, target))
    return notes


def _retarget_link(path: Path, staged: Staged) -> None:
    """Point a link into the staged directory to the same place in the final one."""
    target, is_folder = str(path.readlink()), path.is_dir()
    final = target.replace(str(staged.project), str(staged.target))
    if final != target:
        path.unlink()
        path.symlink_to(final, target_is_directory=is_folder)


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file and link below a project, but those in caches and environments."""
    for root, folders, names in os.walk(folder):
        links = [name for name in folders if Path(root, name).is_symlink()]
        folders[:] = sorted(set(folders) - GENERATED - set(links))
        for name in sorted([*names, *links]):
            path = Path(root, name)
            yield path, path.relative_to(folder).as_posix()

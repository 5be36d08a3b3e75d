"""One atomic step of many writes in a project.

What a step changes is written to a journal first: the state before and the state after. The
journal then appears in one rename, the files are written, and a second rename marks the step as
done. A step that was killed is undone by the next command; a step that is done can be undone
later. Nothing is undone over a file that somebody changed meanwhile.

The journal lies in `.scaffold.undo/`, which ignores itself in git:

    pending     a step that is being written, or being undone
    done        the last step, for `undo`
    lock        held by the command that reads or writes the others
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from scaffold.errors import Exit, ScaffoldError
from scaffold.file_lock import locked
from scaffold.model.tree import File, Tree
from scaffold.project.base import archive, extract

FOLDER = ".scaffold.undo"
META = "step.json"


@dataclass(frozen=True)
class Step:
    """A change of files.

    Args:
        name: what the user did, for messages.
        before: the files that change, as they were; what is created is not in it.
        after: the files that change, as they will be; what is removed is not in it.
        modes: the permissions of the files before.
        created: the directories that the step creates.
    """

    name: str
    before: Tree
    after: Tree
    modes: Mapping[str, int] = field(default_factory=dict)
    created: tuple[str, ...] = ()

    @property
    def paths(self) -> list[str]:
        """The paths that change."""
        return sorted({*self.before, *self.after})


@contextmanager
def lock(root: Path) -> Iterator[None]:
    """Keep other scaffold commands from writing to a project; ends with the process.

    Raises:
        ScaffoldError: another one is writing.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(_folder(root) / "lock"))
        except OSError as error:
            raise ScaffoldError(
                "another scaffold command is writing to this project", "wait for it, then try again"
            ) from error
        yield


def read_files(root: Path, paths: Iterable[str]) -> Tree:
    """Read files of a project; what is not a regular file within it is left out."""
    files: dict[str, File] = {}
    for path in paths:
        place = root / path
        if _is_regular(root, path):
            executable = os.name != "nt" and bool(place.stat().st_mode & 0o100)
            files[path] = File(place.read_bytes(), executable)
    return Tree(files)


def changes(root: Path, name: str, before: Tree, after: Tree) -> Step:
    """Return the step that makes a project's files from one tree to another.

    Raises:
        ScaffoldError: a path leads out of the project, or something else is there.
    """
    paths = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    old = Tree({path: before[path] for path in paths if path in before})
    for path in paths:
        _check_path(root, path, old)
        if not _is_state(root, path, old):
            raise ScaffoldError(f"{path} was changed meanwhile; nothing was written", "try again")
    return Step(
        name,
        old,
        Tree({path: after[path] for path in paths if path in after}),
        {path: _mode(root / path) for path in old},
        tuple(_missing_directories(root, [path for path in paths if path in after])),
    )


def apply(root: Path, step: Step) -> None:
    """Write a step into a project, all of it or nothing.

    Raises:
        ScaffoldError: an earlier step was not finished; call `recover` first.
        OSError: a file cannot be written; the project is as before.
    """
    folder = _folder(root)
    if (folder / "pending").exists():
        raise ScaffoldError("an earlier step was not finished", code=Exit.BUG)
    _store(folder, step)
    try:
        _write(root, step, step.after)
        (folder / "pending").replace(folder / "done")
    except BaseException:
        recover(root)
        raise


def recover(root: Path) -> list[str] | None:
    """Undo a step that was not finished.

    Returns:
        None where there was none; else the files that somebody changed meanwhile, which stay.
    """
    pending = root / FOLDER / "pending"
    if not pending.is_file():
        return None
    step = _load(pending)
    kept = [path for path in step.paths if not _is_before_or_after(root, step, path)]
    _write(root, step, step.before, kept, step.created)
    pending.unlink()
    return kept


def last_step(root: Path) -> Step | None:
    """Return the last step that can be undone."""
    done = root / FOLDER / "done"
    return _load(done) if done.is_file() else None


def undo(root: Path, *, force: bool = False, discard: bool = False) -> Step:
    """Undo the last step, byte for byte.

    Args:
        root: the project.
        force: leave the files that were changed since then as they are, instead of refusing.
        discard: take back what was changed in the step's files since then, too.

    Raises:
        ScaffoldError: there is nothing to undo, or files were changed since then (exit code 3).
    """
    step = last_step(root)
    if step is None:
        raise ScaffoldError("there is nothing to undo", "see the history: git log")
    changed = [path for path in step.paths if not _is_state(root, path, step.after)]
    if discard:
        _write(root, step, step.after)
    elif changed and not force:
        raise ScaffoldError(
            f"{', '.join(changed)} changed after {step.name}; nothing was undone",
            "commit or restore them first, or keep them: scaffold undo --keep-changed",
            Exit.EXISTS,
        )
    folder = root / FOLDER
    (folder / "done").replace(folder / "pending")
    recover(root)
    return step


def extend(root: Path, before: Tree, paths: Iterable[str]) -> None:
    """Add to the last step what another program wrote after it, such as a database migration.

    Args:
        root: the project.
        before: the whole project as it was before that program ran.
        paths: the files it wrote.
    """
    step = last_step(root)
    if step is None:
        raise ScaffoldError("there is no step to extend")
    known, found = set(step.paths), list(paths)
    old = {path: before[path] for path in found if path in before and path not in known}
    new = [path for path in found if path not in before and path not in known]
    kept = {path: file for path, file in step.after.items() if path not in found}
    parents = {str(parent) for path in new for parent in PurePosixPath(path).parents}
    created = {parent for parent in parents if not _holds(before, parent)}
    extended = Step(
        step.name,
        Tree({**step.before, **old}),
        Tree({**kept, **read_files(root, found)}),
        {**step.modes, **{path: _mode(root / path) for path in old}},
        tuple(sorted({*step.created, *created})),
    )
    _store(root / FOLDER, extended, "done")


def _store(folder: Path, step: Step, name: str = "pending") -> None:
    meta = {"name": step.name, "modes": dict(step.modes), "created": step.created}
    content = archive(
        Tree(
            {
                META: File(json.dumps(meta).encode()),
                **{f"before/{path}": file for path, file in step.before.items()},
                **{f"after/{path}": file for path, file in step.after.items()},
            }
        )
    )
    draft = folder / "draft"
    draft.unlink(missing_ok=True)
    with draft.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(folder / name)


def _load(place: Path) -> Step:
    files = extract(place.read_bytes())
    meta = json.loads(files[META].content)
    before, after = (
        Tree(
            {path.removeprefix(side): file for path, file in files.items() if path.startswith(side)}
        )
        for side in ("before/", "after/")
    )
    return Step(meta["name"], before, after, meta["modes"], tuple(meta["created"]))


def _folder(root: Path) -> Path:
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", "utf-8")
    return folder


def _write(
    root: Path,
    step: Step,
    state: Tree,
    skipped: Collection[str] = (),
    removable: Collection[str] | None = None,
) -> None:
    """Bring the files of a step into a state; what is in it already is not touched.

    Args:
        root: the project.
        step: the step.
        state: its `before` or its `after`.
        skipped: paths that are left as they are.
        removable: the directories that are removed where they are left empty; None for all.
    """
    paths = [path for path in step.paths if path not in skipped]
    for path in paths:
        if path not in state and _is_regular(root, path):
            _remove(root, path, removable)
    for path in sorted(removable or (), reverse=True):
        with suppress(OSError):
            (root / path).rmdir()
    for path in paths:
        file = state.get(path)
        if file is not None and not _is_state(root, path, state):
            _write_file(root, path, file, step.modes.get(path))


def _write_file(root: Path, path: str, file: File, mode: int | None) -> None:
    target, draft = root / path, root / FOLDER / "draft"
    target.parent.mkdir(parents=True, exist_ok=True)
    wanted = 0o666 & ~_umask() if mode is None else mode
    readers = (wanted & 0o444) >> 2
    draft.unlink(missing_ok=True)  # a killed command's may be read-only
    with draft.open("wb") as stream:
        stream.write(file.content)
    draft.chmod(wanted | readers if file.executable else wanted & ~0o111)
    draft.replace(target)


def _remove(root: Path, path: str, removable: Collection[str] | None) -> None:
    """Remove a file and the directories that it leaves empty."""
    (root / path).unlink()
    for parent in map(str, PurePosixPath(path).parents):
        if parent == "." or (removable is not None and parent not in removable):
            return
        try:
            (root / parent).rmdir()
        except OSError:
            return


def _mode(place: Path) -> int:
    return place.stat().st_mode & 0o7777


def _holds(tree: Tree, folder: str) -> bool:
    return folder == "." or any(path.startswith(f"{folder}/") for path in tree)


def _is_before_or_after(root: Path, step: Step, path: str) -> bool:
    return _is_state(root, path, step.before) or _is_state(root, path, step.after)


def _is_state(root: Path, path: str, state: Tree) -> bool:
    """Return whether a path is as a tree has it, absent where it has none."""
    place, file = root / path, state.get(path)
    if file is None:
        return not os.path.lexists(place) or place.is_dir()
    if not _is_regular(root, path) or place.read_bytes() != file.content:
        return False
    return os.name == "nt" or bool(place.stat().st_mode & 0o100) == file.executable


def _is_regular(root: Path, path: str) -> bool:
    """Return whether a path is a file in the project, reached through no link."""
    place = root / path
    if place.is_symlink() or not place.is_file():
        return False
    return place.resolve() == root.resolve() / path


def _check_path(root: Path, path: str, before: Tree) -> None:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or pure.parts[:1] == (".git",):
        raise ScaffoldError(f"{path} is not a path within the project", code=Exit.BUG)
    for parent in pure.parents:
        place = root / parent
        if str(parent) != "." and place.is_symlink():
            raise ScaffoldError(
                f"{parent} is a link; scaffold does not write through links", "replace the link"
            )
        if place.is_file() and str(parent) not in before:
            raise ScaffoldError(f"{parent} is a file; {path} cannot be written", "rename it")


def _missing_directories(root: Path, paths: Iterable[str]) -> list[str]:
    parents = {str(parent) for path in paths for parent in PurePosixPath(path).parents}
    return sorted(parent for parent in parents if not (root / parent).is_dir())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

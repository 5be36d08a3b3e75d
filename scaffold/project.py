"""A project on disk and its `.scaffold.toml`; the only writer of a person's directories."""

import errno
import os
import secrets
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

from scaffold.errors import Exit, ScaffoldError
from scaffold.recipe import Recipe
from scaffold.tree import File, Tree

MANIFEST = ".scaffold.toml"
PLACEHOLDER = "generate-me"
TOOLS = ("cookiecutter", "jinja2", "ruff")  # their versions decide what a render is


def manifest(recipe: Recipe, tree: Tree) -> File:
    """What later commands need to know of a project: recipe, versions, digests of its files."""
    import tomli_w

    from scaffold import __version__

    text = tomli_w.dumps(
        {
            "recipe": recipe.as_dict(),
            "versions": {"scaffold": __version__, **{tool: version(tool) for tool in TOOLS}},
            "files": {path: file.digest for path, file in tree.items()},
        }
    )
    return File(f"# Written by scaffold, for scaffold. Commit it.\n{text}".encode())


def environment(tree: Tree) -> Tree:
    """The project's own `.env`: its `.env.example` with a fresh value for every placeholder."""
    example = tree.get(".env.example")
    if example is None:
        return Tree({})
    text = example.content.decode()
    while PLACEHOLDER in text:
        text = text.replace(PLACEHOLDER, secrets.token_urlsafe(48), 1)
    return Tree({".env": File(text.encode())})


def check_target(target: Path) -> None:
    """Refuse a place where no new project can stand.

    Raises:
        ScaffoldError: something is there already (exit code 3), or nothing can be written there.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise ScaffoldError(f"{target} exists and is no directory", "name another path",
                            Exit.EXISTS)  # fmt: skip
    if target.is_dir() and any(entry.name != ".git" for entry in target.iterdir()):
        raise ScaffoldError(f"{target} exists and is not empty", "name another path", Exit.EXISTS)
    parent = _standing(target)
    if not os.access(parent, os.W_OK | os.X_OK):
        raise ScaffoldError(f"{parent} cannot be written to", "choose a place that is yours")


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A hidden directory beside the target, removed whatever happens.

    What a killed run left there earlier is removed first.

    Raises:
        ScaffoldError: the disk is full or refuses to be written to.
    """
    parent = target.parent
    made = [folder for folder in (parent, *parent.parents) if not folder.exists()]
    place = parent / f".{target.name}.scaffold-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        with disk_errors(target):
            parent.mkdir(parents=True, exist_ok=True)
            for old in parent.glob(f".{target.name}.scaffold-*"):
                _remove_if_abandoned(old)
            place.mkdir()
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if not target.exists():
            for folder in made:
                with suppress(OSError):
                    folder.rmdir()


@contextmanager
def disk_errors(target: Path) -> Iterator[None]:
    """Say in the person's words why a disk refused."""
    reasons = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EROFS: "the file system is read-only",
        errno.EACCES: "the directory cannot be written to",
        errno.EPERM: "the directory cannot be written to",
        errno.ENAMETOOLONG: "the path is too long",
    }
    try:
        yield
    except OSError as error:
        if error.errno not in reasons:
            raise
        raise ScaffoldError(
            f"nothing was written to {target}: {reasons[error.errno]}", "choose another place"
        ) from error


def write(tree: Tree, folder: Path) -> None:
    """Write a tree's files below a folder that holds none of them."""
    folders = {folder / path for path in {path.rpartition("/")[0] for path in tree}}
    for place in sorted(folders):
        place.mkdir(parents=True, exist_ok=True)
    for path, file in tree.items():
        target = folder / path
        mode = 0o777 if file.executable else 0o600 if path == ".env" else 0o666
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(file.content)


def publish(place: Path, target: Path) -> None:
    """Make a staged project appear at its target, in one rename.

    A target that is an empty directory somebody stands in, or that holds only `.git`, keeps its
    identity: the entries are moved into it, the manifest last, and back again where one fails.
    """
    with disk_errors(target):
        if not target.exists():
            place.rename(target)
            return
        with _uninterrupted():
            _fill(place, target)


def _fill(place: Path, target: Path) -> None:
    moved: list[str] = []
    try:
        for name in sorted((entry.name for entry in place.iterdir()), key=MANIFEST.__eq__):
            (place / name).rename(target / name)
            moved.append(name)
    except OSError:
        for name in moved:
            (target / name).rename(place / name)
        raise


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C and termination back for the moment that a handful of renames takes."""
    if threading.current_thread() is not threading.main_thread() or os.name == "nt":
        yield
        return
    held = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _standing(path: Path) -> Path:
    """The nearest folder above a path that exists."""
    return next(folder for folder in path.absolute().parents if folder.exists())


def _remove_if_abandoned(place: Path) -> None:
    """Remove a staging directory whose process is gone."""
    pid = place.name.rpartition(".scaffold-")[2].partition("-")[0]
    if pid.isdigit() and int(pid) != os.getpid() and not _alive(int(pid)):
        shutil.rmtree(place, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

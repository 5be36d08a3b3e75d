"""All or nothing: a hidden directory where a project is made, and the rename that publishes it."""

import errno
import os
import re
import secrets
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from scaffold.errors import Exit, ScaffoldError

STATE_FILE = ".scaffold.toml"  # moved last: a directory that holds it is complete
REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "the directory cannot be written to",
    errno.EPERM: "the directory cannot be written to",
    errno.ENAMETOOLONG: "the path is too long",
    errno.ENOENT: "the file system does not take it",
    errno.ENOTDIR: "a part of the path is a file",
    errno.ELOOP: "the path is a circle of links",
}
ELSEWHERE = "choose another path: scaffold new PATH"
STAGING = re.compile(r"\..+\.scaffold-(\d+)-[0-9a-f]{8}")
KEPT = re.compile(r"(README|LICEN[CS]E|COPYING)([.-]\w+)*", re.IGNORECASE)
TAKEN = (errno.EEXIST, errno.ENOTEMPTY)
HELD = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def check_target(target: Path) -> None:
    """Refuse a place where no new project can be.

    A directory with nothing but a repository, a README and a license is fine: see `kept`.

    Raises:
        ScaffoldError: something is there already (exit code 3), or nothing can be written there.
    """
    with disk_errors(target):
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise ScaffoldError(f"{target} exists and is not a directory", ELSEWHERE, Exit.EXISTS)
        if target.is_dir() and not _empty(target):
            raise ScaffoldError(f"{target} exists and is not empty", ELSEWHERE, Exit.EXISTS)
        standing = next(folder for folder in (target, *target.parents) if folder.exists())
        if not standing.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "", str(standing))
        if not os.access(standing, os.W_OK | os.X_OK):
            raise OSError(errno.EROFS if _read_only(standing) else errno.EACCES, "")


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A hidden directory beside the target, removed whatever happens.

    For a target that exists, it is inside: the target may be a mount, or the only place that may
    be written to. What a killed run left there earlier is removed first.

    Raises:
        ScaffoldError: the disk is full or refuses to be written to.
    """
    parent = target if target.is_dir() else target.parent
    made = [folder for folder in (parent, *parent.parents) if not folder.exists()]
    place = parent / f"{_prefix(target)}{os.getpid()}-{secrets.token_hex(4)}"
    try:
        with disk_errors(target):
            parent.mkdir(parents=True, exist_ok=True)
            remove_abandoned(parent)
            place.mkdir()
        yield place
    finally:
        with uninterrupted():
            _remove(place)
            if not target.exists():
                for folder in made:
                    with suppress(OSError):
                        folder.rmdir()


@contextmanager
def disk_errors(target: Path) -> Iterator[None]:
    """Say in the user's words why a disk refused."""
    try:
        yield
    except OSError as error:
        if error.errno in TAKEN:
            raise ScaffoldError(
                f"nothing was written to {target}: something else is there by now",
                ELSEWHERE,
                Exit.EXISTS,
            ) from error
        if error.errno not in REASONS:
            raise
        raise ScaffoldError(
            f"nothing was written to {target}: {REASONS[error.errno]}", "choose another place"
        ) from error


def publish(place: Path, target: Path, own: Sequence[str] = ()) -> None:
    """Make a staged project appear at its target, in one rename.

    A target that exists stays the same directory: the entries are moved into it, the manifest
    last, and back again where one fails.

    Args:
        place: the staged project.
        target: where it goes.
        own: the files of the user that are there, as `kept` found them; they stay untouched.

    Raises:
        ScaffoldError: something else appeared at the target meanwhile.
    """
    with disk_errors(target), uninterrupted():
        if target.is_dir():
            check_target(target)
            if kept_files(target) != list(own):
                raise OSError(errno.EEXIST, "")
            for name in own:  # their staged copies were for the first commit
                (place / name).unlink(missing_ok=True)
            _fill(place, target)
        else:
            place.rename(target)


def _fill(place: Path, target: Path) -> None:
    moved: list[str] = []
    try:
        for name in sorted((entry.name for entry in place.iterdir()), key=STATE_FILE.__eq__):
            (place / name).rename(target / name)
            moved.append(name)
    except OSError:
        for name in moved:
            (target / name).rename(place / name)
        raise


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C and termination back for the moment that a handful of renames takes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before: dict[int, Any] = {}
    try:
        for number in HELD:  # no mask: a signal that one thread blocks goes to another
            before[number] = signal.signal(number, lambda known, _frame: came.append(known))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came[:1]:
            signal.raise_signal(number)


def _remove(place: Path) -> None:
    """Remove a directory in which a program that was just ended may still be writing."""
    for _ in range(40):
        shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            return
        time.sleep(0.05)


def _prefix(target: Path) -> str:
    return f".{target.name}.scaffold-"


def kept_files(target: Path) -> list[str]:
    """Return the README and license files in a directory; they are kept as they are."""
    if not target.is_dir():
        return []
    files = (entry for entry in target.iterdir() if entry.is_file())
    return sorted(entry.name for entry in files if KEPT.fullmatch(entry.name))


def _empty(target: Path) -> bool:
    """Tell whether a directory has nothing but a repository, a README and a license."""
    names = {entry.name for entry in target.iterdir()} - {".git", *kept_files(target)}
    return all(name.startswith(_prefix(target)) for name in names)


def _read_only(folder: Path) -> bool:
    return os.name != "nt" and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def remove_abandoned(parent: Path) -> None:
    """Remove the staging directories of processes that are gone."""
    for place in parent.iterdir():
        match = STAGING.fullmatch(place.name)
        if (
            match
            and place.is_dir()
            and not place.is_symlink()
            and not process_exists(int(match[1]))
        ):
            shutil.rmtree(place, ignore_errors=True)


def process_exists(pid: int) -> bool:
    """Tell whether a process exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True

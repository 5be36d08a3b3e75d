"""The temporary directory of a run; leftovers of killed runs are removed."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scaffold.project.staging import process_exists
from scaffold.smoke.runtime.cleanup import MARK, kill_marked, marked_processes

PREFIX = "scaffold-smoke-"


@contextmanager
def run_directory(*, keep: bool) -> Iterator[tuple[Path, str]]:
    """Create a directory for a run and remove it at the end.

    Removes the directories and processes of killed runs first.

    Yields:
        The directory and the run's token.
    """
    parent = Path(tempfile.gettempdir())
    _remove_abandoned(parent)
    token = f"{os.getpid()}-{secrets.token_hex(4)}"
    folder = parent / f"{PREFIX}{token}"
    # Database servers run as another user, who must be able to pass through.
    folder.mkdir(mode=0o711)
    try:
        yield folder, token
    finally:
        kill_marked(token)
        if not keep:
            remove_directory(folder)


def remove_directory(folder: Path) -> None:
    """Remove a directory, including read-only parts."""

    def make_writable(_: object, path: str, __: object) -> None:
        place = Path(path)
        with suppress(OSError):
            if place != folder:  # what the directory itself is in is not ours
                place.parent.chmod(0o700)
            place.chmod(0o700)
            place.unlink()

    if folder.exists():
        shutil.rmtree(folder, onerror=make_writable)
        shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned(parent: Path) -> None:
    tokens = {
        path.name.removeprefix(PREFIX)
        for path in parent.glob(f"{PREFIX}*")
        if not (path / "kept").exists()
    }
    for _, environment in marked_processes():
        for part in environment.split(b"\0"):
            if part.startswith(f"{MARK}=".encode()):
                tokens.add(part.decode(errors="replace").partition("=")[2])
    for token in tokens:
        owner = token.partition("-")[0]
        if owner.isdigit() and not process_exists(int(owner)):
            kill_marked(token)
            remove_directory(parent / f"{PREFIX}{token}")

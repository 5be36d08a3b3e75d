"""The temporary directory of a run: made, found again when abandoned, removed whatever happens."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scaffold.project.staging import alive
from scaffold.smoke.runtime.cleanup import MARK, marked, sweep

PREFIX = "scaffold-smoke-"


@contextmanager
def run_directory(*, keep: bool) -> Iterator[tuple[Path, str]]:
    """A directory for everything of a run, and the run's token.

    What a killed run left, directories and processes, is removed first.
    """
    parent = Path(tempfile.gettempdir())
    _clear_abandoned(parent)
    token = f"{os.getpid()}-{secrets.token_hex(4)}"
    place = parent / f"{PREFIX}{token}"
    # Database servers run as another user, who must be able to pass through.
    place.mkdir(mode=0o711)
    try:
        yield place, token
    finally:
        sweep(token)
        if not keep:
            remove(place)


def remove(place: Path) -> None:
    """Remove a directory, read-only parts included."""

    def loosen(_: object, path: str, __: object) -> None:
        with suppress(OSError):
            Path(path).parent.chmod(0o700)
            Path(path).chmod(0o700)
            Path(path).unlink()

    if place.exists():
        shutil.rmtree(place, onerror=loosen)
        shutil.rmtree(place, ignore_errors=True)


def _clear_abandoned(parent: Path) -> None:
    tokens = {path.name.removeprefix(PREFIX) for path in parent.glob(f"{PREFIX}*")
              if not (path / "kept").exists()}  # fmt: skip
    for _, seen in marked():
        for part in seen.split(b"\0"):  # none, where a server has written its title over it
            if part.startswith(f"{MARK}=".encode()):
                tokens.add(part.decode(errors="replace").partition("=")[2])
    for token in tokens:
        owner = token.partition("-")[0]
        if owner.isdigit() and not alive(int(owner)):
            sweep(token)
            remove(parent / f"{PREFIX}{token}")

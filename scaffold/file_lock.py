"""A lock on a file: one process at a time; it ends with the process."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PAUSE = 0.05  # seconds between two tries


@contextmanager
def locked(file: Path, *, wait: float = 0) -> Iterator[None]:
    """Hold a lock.

    Args:
        file: the file, which is made; it stays, so that everybody locks the same one.
        wait: how many seconds to wait for whoever holds it.

    Raises:
        OSError: somebody else holds it, or the file cannot be written.
    """
    with file.open("wb") as stream:
        end = time.monotonic() + wait
        while True:
            try:
                _take(stream)
                break
            except OSError:
                if time.monotonic() >= end:
                    raise
                time.sleep(PAUSE)
        yield


def _take(stream: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

"""What a run has started, found by a mark in its environment: also what left its process group."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

# In the environment of everything that is started; SCAFFOLD_… alone would be taken for an answer.
MARK = "_SCAFFOLD_SMOKE"


def sweep(token: str, place: str = "") -> None:
    """End whatever of a run left its process group, where the system lets one look (Linux).

    Args:
        token: the run's mark.
        place: only what has this text in its environment too.
    """
    wanted = f"{MARK}={token}".encode()
    # Asked first, so that PostgreSQL frees its shared memory; what is ended may start another.
    for kind in (signal.SIGTERM, *[signal.SIGKILL] * 3):
        found = [pid for pid, seen in marked() if wanted in seen.split(b"\0")
                 and place.encode() in seen]  # fmt: skip
        if not found:
            return
        for pid in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, kind)
        time.sleep(0.3 if kind is signal.SIGTERM else 0.02)


def marked() -> list[tuple[int, bytes]]:
    """Every process that some smoke run started, with its environment."""
    result = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            seen = (entry / "environ").read_bytes()
            # A process that is gone but not yet collected by its parent shows no environment.
            if f"{MARK}=".encode() in seen and int(entry.name) != os.getpid():
                result.append((int(entry.name), seen))
    return result

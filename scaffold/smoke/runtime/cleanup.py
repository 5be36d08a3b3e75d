"""Find and end the processes of a run, including those that left its process groups (Linux)."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

# Set in the environment of every process of a run. A plain SCAFFOLD_ prefix would be an answer.
MARK = "_SCAFFOLD_SMOKE"


def kill_marked(token: str, within: str = "") -> None:
    """End the processes of a run that left their process group.

    Args:
        token: the token of the run.
        within: only processes with this text in their environment.
    """
    wanted = f"{MARK}={token}".encode()
    # SIGTERM first: PostgreSQL then frees its shared memory. Repeated: processes may start others.
    for number in (signal.SIGTERM, *[signal.SIGKILL] * 3):
        found = [
            pid
            for pid, environment in marked_processes()
            if wanted in environment.split(b"\0") and within.encode() in environment
        ]
        if not found:
            return
        for pid in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        time.sleep(0.3 if number is signal.SIGTERM else 0.02)


def marked_processes() -> list[tuple[int, bytes]]:
    """List the processes of all runs with their environments."""
    result = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            environment = (entry / "environ").read_bytes()  # empty for a zombie
            if f"{MARK}=".encode() in environment and int(entry.name) != os.getpid():
                result.append((int(entry.name), environment))
    return result

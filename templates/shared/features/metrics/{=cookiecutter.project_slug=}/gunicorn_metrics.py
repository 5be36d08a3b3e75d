"""One set of metrics for all gunicorn processes; gunicorn.conf.py imports it before all else.

Each worker writes files under a number that its successor takes over, so there are never more
files than workers. See "Multiprocess Mode" in the documentation of prometheus_client.
"""

import atexit
import os
import shutil
import tempfile
from itertools import count
from typing import Any

FOLDER = tempfile.mkdtemp(prefix="metrics-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = FOLDER

from prometheus_client import values  # noqa: E402 - reads the variable above
from prometheus_client.multiprocess import mark_process_dead  # noqa: E402

MASTER = os.getpid()
numbers: dict[int, int] = {}  # of workers, by the order in which they started
current = {"number": "master"}
values.ValueClass = values.MultiProcessValue(lambda: current["number"])  # type: ignore[no-untyped-call]


def pre_fork(_server: Any, worker: Any) -> None:
    """Give a worker the lowest free number."""
    taken = set(numbers.values())
    numbers[worker.age] = next(number for number in count() if number not in taken)


def post_fork(_server: Any, worker: Any) -> None:
    """Make a new worker write under its number."""
    current["number"] = str(numbers[worker.age])


def child_exit(_server: Any, worker: Any) -> None:
    """Free the number of a worker, and drop the values that end with it."""
    mark_process_dead(numbers.pop(worker.age))  # type: ignore[no-untyped-call]


@atexit.register
def remove_folder() -> None:
    if os.getpid() == MASTER:
        shutil.rmtree(FOLDER, ignore_errors=True)

"""Metrics of several processes: each writes files of its own, and any of them reads them all.

Imported by `gunicorn.conf.py`, before anything counts. A worker writes under a number that its
successor inherits, so that there are as many files as workers, however often these are replaced.
"""

import atexit
import os
import shutil
import tempfile
from itertools import count
from typing import Any

from prometheus_client.multiprocess import mark_process_dead

OWNER = os.getpid()
# {{ cookiecutter._paths.core }}/metrics.py looks at this when a worker imports it.
FOLDER = tempfile.mkdtemp(prefix="metrics-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = FOLDER
taken: set[int] = set()


def pre_fork(_server: Any, worker: Any) -> None:
    """Give a worker the lowest free number."""
    worker.number = next(number for number in count() if number not in taken)
    taken.add(worker.number)


def post_fork(_server: Any, worker: Any) -> None:
    """Tell a worker its number."""
    os.environ["METRICS_WORKER"] = str(worker.number)


def child_exit(_server: Any, worker: Any) -> None:
    """Free a worker's number, and drop what counts only while the worker lives."""
    mark_process_dead(worker.number)  # type: ignore[no-untyped-call]  # the library's
    taken.discard(worker.number)


@atexit.register
def remove_folder() -> None:
    """Leave nothing behind when the server ends; a worker that ends is not the server."""
    if os.getpid() == OWNER:
        shutil.rmtree(FOLDER, ignore_errors=True)

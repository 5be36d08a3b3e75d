"""Work on many repositories at a time, in processes of their own."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from scaffold.errors import Exit, ScaffoldError

Item = TypeVar("Item")
Done = TypeVar("Done")


def run_parallel(
    work: Callable[[Item], Done],
    items: Sequence[Item],
    workers: int,
    finished: Callable[[Done], None],
) -> list[Done]:
    """Apply a function to every item, several at a time.

    Args:
        work: the function; it and its result can be sent to another process.
        items: what it is applied to.
        workers: how many at a time; 0 for one a core.
        finished: called with each result as it comes.

    Returns:
        The results in the order of the items.

    Raises:
        ScaffoldError: a process was killed (exit code 8).
    """
    count = min(workers or os.cpu_count() or 1, len(items))
    if count <= 1:
        return [_told(work(item), finished) for item in items]
    pool = ProcessPoolExecutor(count, get_context("spawn"))
    try:
        with _ignored_by_new_processes():
            jobs = [pool.submit(_interruptible, work, item) for item in items]
        for job in as_completed(jobs):
            finished(job.result())
        return [job.result() for job in jobs]
    except BrokenProcessPool:
        raise ScaffoldError(
            "a process that worked on a repository was killed, perhaps because memory ran out",
            "fewer at a time: --workers 1",
            Exit.NOT_RUN,
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _told(result: Done, finished: Callable[[Done], None]) -> Done:
    finished(result)
    return result


@contextmanager
def _ignored_by_new_processes() -> Iterator[None]:
    """Let new processes ignore Ctrl-C: one that has no work ends with the command."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _interruptible(work: Callable[[Item], Done], item: Item) -> Done:
    """Let Ctrl-C end the work, so that it cleans up after itself."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return work(item)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

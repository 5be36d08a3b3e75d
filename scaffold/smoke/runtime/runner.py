"""Many cases over the cores: watched, halted and cleaned up as one."""

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from scaffold.project.staging import uninterrupted
from scaffold.smoke.config import Table
from scaffold.smoke.listener import Watch
from scaffold.smoke.results import Case, Halted, Verdict
from scaffold.smoke.runtime.case_context import Bench
from scaffold.smoke.runtime.case_runner import prove
from scaffold.smoke.runtime.cleanup import sweep
from scaffold.smoke.runtime.environments import Environments
from scaffold.smoke.runtime.interpreters import Pythons
from scaffold.smoke.runtime.processes import Processes
from scaffold.smoke.runtime.servers import Servers
from scaffold.smoke.runtime.workdir import remove, run_directory


@dataclass(frozen=True)
class Settings:
    """How a run works.

    Args:
        workers: cases at a time.
        fail_fast: whether the first failure ends the run.
        keep: whether everything is left for inspection.
        cache: whether what passed before is taken as proven.
        shrink: whether failures are shrunk.
        python: version or path of the Python for all projects.
        logs: a folder that gets a copy of every log.
    """

    workers: int = 1
    fail_fast: bool = False
    keep: bool = False
    cache: bool = True
    shrink: bool = True
    python: str = ""
    logs: Path | None = None


@dataclass
class Run:
    """What the cases of one run share."""

    place: Path
    token: str
    settings: Settings
    servers: Servers
    environments: Environments
    watch: Watch
    numbers: Iterator[int] = field(default_factory=lambda: count(1))


@contextmanager
def running(settings: Settings, watch: Watch) -> Iterator[Run]:
    """Everything that cases share; ended and removed whatever happens.

    Raises:
        ScaffoldError: the Python that was asked for is not here.
    """
    pythons = Pythons(settings.python)
    with run_directory(keep=settings.keep) as (place, token):
        servers = Servers(place / "servers", token)
        servers_place = place / "servers"
        servers_place.mkdir()
        run = Run(place, token, settings, servers, Environments(place / "environments", pythons),
                  watch)  # fmt: skip
        try:
            yield run
        finally:
            servers.close()
            if settings.keep:
                remove(servers_place)
                (place / "kept").touch()


def prove_all(run: Run, cases: Sequence[Case], table: Table) -> list[Verdict]:
    """Put cases to the proof, several at a time.

    Returns:
        A verdict for each, in their order; without outcomes where the run was ended before.

    Raises:
        KeyboardInterrupt: the person ended the run; nothing of it is left running.
    """
    verdicts: dict[str, Verdict] = {}
    processes = Processes(run.token)
    pool = ThreadPoolExecutor(max_workers=run.settings.workers)
    jobs: set[Future[Verdict]] = set()
    try:
        jobs = {pool.submit(_one, run, case, table, processes) for case in cases}
        left = jobs
        while left:
            done, left = wait(left, return_when=FIRST_COMPLETED)
            for verdict in _results(done):
                verdicts[verdict.case.label] = verdict
                run.watch.finished(verdict)
                if verdict.failed and run.settings.fail_fast:
                    _halt(left, processes)
    finally:
        with uninterrupted():  # a second Ctrl-C waits
            _halt(jobs, processes)
            pool.shutdown(wait=True)
    return [verdicts.get(case.label, Verdict(case, ())) for case in cases]


def _one(run: Run, case: Case, table: Table, processes: Processes) -> Verdict:
    place = run.place / f"case{next(run.numbers)}"
    bench = Bench(case, table, place, processes, run.servers, run.environments)
    try:
        return prove(bench, lambda step: run.watch.stepping(case, step), cache=run.settings.cache)
    finally:
        sweep(run.token, str(place))
        if run.settings.logs:
            name = "".join(letter if letter.isalnum() else "-" for letter in case.label)
            shutil.copytree(bench.logs, run.settings.logs / name, dirs_exist_ok=True)
        if not run.settings.keep:
            remove(place)


def _results(done: set[Future[Verdict]]) -> Iterator[Verdict]:
    for job in done:
        if not job.cancelled() and not isinstance(job.exception(), Halted):
            yield job.result()


def _halt(jobs: set[Future[Verdict]], processes: Processes) -> None:
    for job in jobs:
        job.cancel()
    processes.close()

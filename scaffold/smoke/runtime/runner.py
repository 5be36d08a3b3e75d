"""Run many cases in parallel, and clean up after them."""

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from scaffold.project.staging import uninterrupted
from scaffold.smoke.config import SmokeConfig
from scaffold.smoke.listener import Listener
from scaffold.smoke.results import Case, CaseResult, RunCancelled
from scaffold.smoke.runtime.case_context import CaseContext
from scaffold.smoke.runtime.case_runner import run_case
from scaffold.smoke.runtime.cleanup import kill_marked
from scaffold.smoke.runtime.environments import Environments
from scaffold.smoke.runtime.interpreters import Interpreters
from scaffold.smoke.runtime.processes import Processes
from scaffold.smoke.runtime.servers import Servers
from scaffold.smoke.runtime.workdir import remove_directory, run_directory


@dataclass(frozen=True)
class RunSettings:
    """How a run works.

    Args:
        workers: how many cases run at a time.
        fail_fast: whether the first failure ends the run.
        keep: whether the run directory is kept.
        cache: whether steps that passed before are skipped.
        shrink: whether failures are shrunk.
        python: version or path of the Python for all projects.
        logs: a directory that gets a copy of every log.
    """

    workers: int = 1
    fail_fast: bool = False
    keep: bool = False
    cache: bool = True
    shrink: bool = True
    python: str = ""
    logs: Path | None = None


@dataclass
class RunContext:
    """What the cases of a run share."""

    folder: Path
    token: str
    settings: RunSettings
    servers: Servers
    environments: Environments
    listener: Listener
    numbers: Iterator[int] = field(default_factory=lambda: count(1))


@contextmanager
def open_run(settings: RunSettings, listener: Listener) -> Iterator[RunContext]:
    """Prepare a run; stop its servers and remove its files at the end.

    Raises:
        ScaffoldError: the wanted Python is not installed.
    """
    interpreters = Interpreters(settings.python)
    with run_directory(keep=settings.keep) as (folder, token):
        data = folder / "servers"
        data.mkdir()
        servers = Servers(data, token)
        environments = Environments(folder / "environments", interpreters)
        try:
            yield RunContext(folder, token, settings, servers, environments, listener)
        finally:
            servers.close()
            if settings.keep:
                remove_directory(data)
                (folder / "kept").touch()


def run_cases(run: RunContext, cases: Sequence[Case], config: SmokeConfig) -> list[CaseResult]:
    """Run cases, several at a time.

    Returns:
        A result for each case, in order; without steps if the run was stopped before it began.

    Raises:
        KeyboardInterrupt: the run was interrupted; nothing is left running.
    """
    results: dict[str, CaseResult] = {}
    processes = Processes(run.token)
    pool = ThreadPoolExecutor(max_workers=run.settings.workers)
    jobs: set[Future[CaseResult]] = set()
    try:
        jobs = {pool.submit(_run_one, run, case, config, processes) for case in cases}
        left = jobs
        while left:
            done, left = wait(left, return_when=FIRST_COMPLETED)
            for result in _finished(done):
                results[result.case.label] = result
                run.listener.case_finished(result)
                if result.failed and run.settings.fail_fast:
                    _cancel(left, processes)
    finally:
        with uninterrupted():
            _cancel(jobs, processes)
            pool.shutdown(wait=True)
    return [results.get(case.label, CaseResult(case, ())) for case in cases]


def _run_one(run: RunContext, case: Case, config: SmokeConfig, processes: Processes) -> CaseResult:
    folder = run.folder / f"case{next(run.numbers)}"
    context = CaseContext(case, config, folder, processes, run.servers, run.environments)
    try:
        return run_case(
            context,
            lambda step: run.listener.step_started(case, step),
            cache=run.settings.cache,
        )
    finally:
        kill_marked(run.token, str(folder))
        if run.settings.logs:
            name = "".join(letter if letter.isalnum() else "-" for letter in case.label)
            shutil.copytree(context.logs, run.settings.logs / name, dirs_exist_ok=True)
        if not run.settings.keep:
            remove_directory(folder)


def _finished(jobs: set[Future[CaseResult]]) -> Iterator[CaseResult]:
    for job in jobs:
        if not job.cancelled() and not isinstance(job.exception(), RunCancelled):
            yield job.result()


def _cancel(jobs: set[Future[CaseResult]], processes: Processes) -> None:
    for job in jobs:
        job.cancel()
    processes.close()

"""Run commands, and say how long they took and how much memory they held."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """One run: wall and processor seconds, and the peak resident memory in MiB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Measure:
    """The median of several runs."""

    name: str
    wall: float
    cpu: float
    peak: float
    runs: int


def once(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> Sample:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed; a failed run is no measurement.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        list(command),
        cwd=folder,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(
            f"{' '.join(command)} failed:\n{output.decode(errors='replace')[-2000:]}"
        )
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def interleaved(
    commands: Mapping[str, Callable[[], tuple[Sequence[str], Path, Mapping[str, str]]]],
    runs: int,
) -> dict[str, Measure]:
    """Run all commands in turn, several times: what disturbs the machine disturbs all alike.

    Args:
        commands: for each name, a function that prepares a run and says what to start.
        runs: how often.
    """
    samples: dict[str, list[Sample]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, prepare in commands.items():
            samples[name].append(once(*prepare()))
    return {name: _median(name, found) for name, found in samples.items()}


def _median(name: str, samples: Sequence[Sample]) -> Measure:
    return Measure(
        name,
        statistics.median(sample.wall for sample in samples),
        statistics.median(sample.cpu for sample in samples),
        max(sample.peak for sample in samples),
        len(samples),
    )


def table(
    measures: Mapping[str, Measure], one: str, *, notes: Mapping[str, str] | None = None
) -> str:
    """A Markdown table with every wall time also as a multiple of one row's."""
    lines = [
        f"| what | wall ms | cpu ms | peak MiB | ÷ {one} | goal |",
        "|---|---|---|---|---|---|",
    ]
    for name, measure in measures.items():
        ratio = measure.wall / measures[one].wall
        goal = (notes or {}).get(name, "")
        lines.append(
            f"| {name} | {measure.wall * 1000:.0f} | {measure.cpu * 1000:.0f} "
            f"| {measure.peak:.0f} | {ratio:.2f} | {goal} |"
        )
    return "\n".join(lines)

"""`scaffold doctor`: what the machine has and lacks, and what follows; never fails or hangs."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from typing import Any

from scaffold import process
from scaffold.commands import machine
from scaffold.commands.machine import Fact

DEADLINE = 2.6  # seconds for all looks together
LOOKS: Mapping[str, Callable[[], Fact]] = {
    "Python": machine.python,
    "git": machine.git,
    "git identity": machine.identity,
    "uv": machine.uv,
    "network": machine.network,
    "PostgreSQL": machine.postgresql,
    "Redis": machine.redis,
    "Docker": machine.docker,
    "browser": machine.browser,
}


@dataclass(frozen=True)
class Diagnosis:
    """Every fact, in a fixed order."""

    facts: tuple[Fact, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return {"facts": [asdict(fact) for fact in self.facts]}


def doctor(looks: Mapping[str, Callable[[], Fact]] = LOOKS) -> Diagnosis:
    """Look at everything at once; what takes too long or fails is said to be unknown."""
    process.uv()  # where it looks, the first look of all is not safe in threads (sysconfig)
    pool = ThreadPoolExecutor(max_workers=len(looks))
    futures = {name: pool.submit(look) for name, look in looks.items()}
    wait(futures.values(), timeout=DEADLINE)
    pool.shutdown(wait=False, cancel_futures=True)
    return Diagnosis(tuple(_fact(name, future) for name, future in futures.items()))


def _fact(name: str, future: Future[Fact]) -> Fact:
    if not future.done():
        found = "no answer in time"
    elif error := future.exception():
        found = f"could not be examined: {error}"
    else:
        return future.result()
    return Fact(name, "limited", found, "It may be there; what needs it will say so.",
                "scaffold doctor once more")  # fmt: skip

"""Run the slow tests: `make proof`.

`python -m tools.proof NAME …` runs some parts; without names all of them. The output of each part
is in `.proof/`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scaffold.errors import Exit

ROOT = Path(__file__).parent.parent
LOGS = ROOT / ".proof"
PACKS = ("flask", "django")
SUITES = ("browser", "contract", "fuzz", "life", "mutation", "ordinary_work", "security")
PYTHONS = ("3.11", "3.13")
LONG = {"SCAFFOLD_PROOF": "1"}  # the long form of what the suites do in a short one


@dataclass(frozen=True)
class Part:
    """One long command.

    Args:
        name: what is typed to run it alone.
        words: the arguments after `python -m`.
        variables: environment variables that it needs.
    """

    name: str
    words: tuple[str, ...]
    variables: dict[str, str] = field(default_factory=dict)


def parts() -> Iterator[Part]:
    """Yield all parts in their order."""
    yield Part("tests", ("pytest", "-q", "-n", "2", "tests"), LONG)
    for pack in PACKS:
        for suite in SUITES:
            yield _suite(pack, suite)
        for suite in ("contract", "fuzz"):
            yield _suite(pack, suite, "postgres", "--features=postgres", "--postgres")
        for python in PYTHONS:
            yield _suite(pack, "contract", python, f"--python={python}")
        smoke = ("scaffold", "smoke", "--pack", pack, "--workers", "2")
        yield Part(f"smoke-{pack}", smoke)
        for python in PYTHONS:
            yield Part(f"smoke-{pack}-{python}", (*smoke, "--first", "2", "--python", python))
    latest = ("--features=django-latest", "--python=3.13")
    yield _suite("django", "contract", "latest", *latest)


def _suite(pack: str, suite: str, label: str = "", *more: str) -> Part:
    name = "-".join(filter(None, [suite, pack, label]))
    words = ("pytest", "-q", "-n", "0", f"tests/acceptance/{suite}", f"--pack={pack}", *more)
    return Part(name, words, LONG if suite == "life" else {})


def main(names: list[str]) -> int:
    """Run the named parts, or all.

    Returns:
        0 where everything that can run here passed.
    """
    known = {part.name: part for part in parts()}
    if unknown := set(names) - set(known):
        print(f"no part {', '.join(sorted(unknown))}; choose from {', '.join(known)}")
        return Exit.USAGE
    LOGS.mkdir(exist_ok=True)
    codes = [_run(known[name]) for name in names or known]
    return int(any(code not in (0, Exit.NOT_RUN) for code in codes))


def _run(part: Part) -> int:
    print(f"{part.name}: python -m {' '.join(part.words)}", flush=True)
    start = time.monotonic()
    log = LOGS / f"{part.name}.log"
    with log.open("w") as stream:
        done = subprocess.run(
            [sys.executable, "-m", *part.words],
            cwd=ROOT,
            env={**os.environ, **part.variables},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            check=False,
        )
    lines = [line.strip(" =") for line in log.read_text().splitlines() if line.strip()]
    outcome = {0: "passed", Exit.NOT_RUN: "not all could run here"}.get(done.returncode, "FAILED")
    minutes = (time.monotonic() - start) / 60
    print(f"  {outcome} in {minutes:.1f} minutes: {lines[-1] if lines else log}", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

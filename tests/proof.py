"""`make proof`: what takes too long for every change; results in docs/proof.md with the commit."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scaffold.errors import Exit
from scaffold.smoke.results import CannotRun
from scaffold.smoke.runtime.servers import Servers
from scaffold.smoke.runtime.workdir import run_directory

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/proof.md"
LOGS = ROOT / ".proof"
WRITTEN = ("docs/proof.md", "docs/parity.md")
HEAD = """# Proof

Written by `make proof`; `.venv/bin/python -m tests.proof NAME …` runs some parts again. Each row
says with which commit it was had. "not run" is what could not run here; it never counts as passed.
"cached": the same files, lock, Python and scaffold passed that step on this machine earlier.

| part | command | outcome | minutes | commit |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Part:
    """One long proof.

    Args:
        words: the command's arguments after `python -m`.
        variables: environment variables it needs.
    """

    name: str
    words: tuple[str, ...]
    variables: dict[str, str] = field(default_factory=dict)


def _pack(pack: str) -> tuple[Part, ...]:
    suites = ("browser", "fuzz", "queries", "security")
    smoke = ("scaffold", "smoke", "--pack", pack, "--workers", "2")
    return (
        *(Part(f"{s} {pack}", ("pytest", "-q", f"tests/{s}", f"--pack={pack}")) for s in suites),
        *(Part(f"contract {pack} on Python {version}{' with ' + more if more else ''}",
               ("pytest", "-q", "tests/contract", f"--pack={pack}", f"--python={version}",
                f"--features={more}"))
          for version, more in EDGES[pack]),
        Part(f"contract {pack} on PostgreSQL",
             ("pytest", "-q", "tests/contract", f"--pack={pack}", "--features=postgres",
              f"--database-url={DATABASE}")),
        Part(f"parity {pack}", ("pytest", "-q", "tests/contract", f"--pack={pack}",
                                f"--against={OTHER[pack]}", "-k", "parity")),
        Part(f"matrix {pack}", smoke),
        *(Part(f"{pack} on Python {version}", (*smoke, "--first", "2", "--python", version))
          for version in ("3.12", "3.13")),
    )  # fmt: skip


DATABASE = "{database}"  # stands for an empty database on a PostgreSQL started for the part
OTHER = {"flask": "django", "django": "flask"}
EDGES = {  # the oldest and the newest Python, and Django's two tracks
    "flask": (("3.11", ""), ("3.13", "")),
    "django": (("3.11", ""), ("3.13", ""), ("3.12", "django-latest"), ("3.13", "django-latest")),
}
PARTS = (
    Part("tests, long", ("pytest", "-q", "-n", "2", "tests"), {"SCAFFOLD_PROOF": "1"}),
    Part("contract, both packs", ("tests.parity_table",)),
    *_pack("flask"),
    *_pack("django"),
)


def main(names: list[str]) -> int:
    """Run the named parts, or all, and keep what came of them.

    Returns:
        0 where everything that could run here passed, else 1.
    """
    if unknown := set(names) - {part.name for part in PARTS}:
        print(f"no such part: {', '.join(sorted(unknown))}; there are: "
              f"{', '.join(part.name for part in PARTS)}", file=sys.stderr)  # fmt: skip
        return Exit.USAGE
    LOGS.mkdir(exist_ok=True)
    failed = False
    for part in PARTS:
        if names and part.name not in names:
            continue
        print(f"{part.name} …", flush=True)
        try:
            code, outcome, minutes = _run(part)
        except CannotRun as problem:
            code, outcome, minutes = Exit.NOT_RUN, f"**not run**: {problem}", 0.0
        failed = failed or code not in (0, Exit.NOT_RUN)
        command = f"`python -m {' '.join(part.words)}`"
        row = f"| {part.name} | {command} | {outcome} | {minutes:.1f} | {_commit()} |"
        print(f"{part.name}: {outcome}", flush=True)
        rows = _rows() | {part.name: row}  # read again: other parts may run beside this one
        PAGE.write_text(HEAD + "".join(f"{rows[p.name]}\n" for p in PARTS if p.name in rows))
    return int(failed)


def _run(part: Part) -> tuple[int, str, float]:
    start = time.monotonic()
    log = LOGS / f"{part.name.replace(' ', '-')}.log"
    with log.open("w") as stream, _server(part) as words:
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=ROOT, env={**os.environ, **part.variables},
            stdout=stream, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    minutes = (time.monotonic() - start) / 60
    lines = [line.strip(" =") for line in log.read_text().splitlines() if line.strip()]
    said = lines[-1] if lines else "it said nothing"
    mark = "" if done.returncode == 0 else "**failed**: "
    if done.returncode == Exit.NOT_RUN or (not mark and " skipped" in said):
        mark = "**not all run**: "
    return done.returncode, mark + said, minutes


@contextmanager
def _server(part: Part) -> Iterator[tuple[str, ...]]:
    """The words of a part, with a database in them where it asks for one."""
    if not any(DATABASE in word for word in part.words):
        yield part.words
        return
    with run_directory(keep=False) as (place, token):
        (place / "servers").mkdir()
        servers = Servers(place / "servers", token)
        try:
            url = "postgresql://{user}:{password}@{host}:{port}/{database}".format(
                **servers.lease("postgres")
            )
            yield tuple(word.replace(DATABASE, url) for word in part.words)
        finally:
            servers.close()


def _rows() -> dict[str, str]:
    lines = PAGE.read_text().splitlines() if PAGE.exists() else []
    return {line.split("|")[1].strip(): line for line in lines if line.startswith("| ")}


def _commit() -> str:
    """The commit proven; `-dirty` where more differs from it than what proofs write themselves."""
    changed = _git("status", "--porcelain", "--", ".", *(f":!{page}" for page in WRITTEN))
    return _git("rev-parse", "--short", "HEAD") + ("-dirty" if changed else "")


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`scaffold check` on projects of fifty apps, beside parsing alone and beside ruff."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from sysconfig import get_path

from benchmarks.growth import apps
from benchmarks.projects import PACKS, write
from benchmarks.timing import Measure, interleaved, once

RUNS = 5
LINES = 50_000
GOALS = {"scaffold check, first": "≤ 4", "scaffold check": "≤ 1"}
PARSE = "import ast, pathlib; [ast.parse(p.read_text()) for p in pathlib.Path().rglob('*.py')]"


def report(folder: Path) -> str:
    """Measure and return the section."""
    parts = [
        "## check",
        f"Projects of fifty apps; seconds for {LINES:,} lines of Python, tests included. First: "
        "without Python's own bytecode of scaffold. Parse: `ast.parse` of every file.",
    ]
    for pack in PACKS:
        project = write(pack, apps(50), folder / f"check-{pack}")
        lines = sum(len(path.read_text().splitlines()) for path in project.rglob("*.py"))
        parts.append(_table(pack, lines, _measure(project)))
    return "\n\n".join(parts)


def _measure(project: Path) -> dict[str, Measure]:
    programs = Path(get_path("scripts"))
    check = [str(programs / "scaffold"), "check", "--quiet"]
    once([*check, "--update-baseline"], project, {})  # no lock; more routes than one wants
    python = str(programs / "python")
    nowhere = str(project.parent / "bytecode")
    fresh = {"PYTHONPYCACHEPREFIX": nowhere, "PYTHONDONTWRITEBYTECODE": "1"}
    commands: dict[str, tuple[Sequence[str], Mapping[str, str]]] = {
        "scaffold check, first": (check, fresh),
        "scaffold check": (check, {}),
        "parse": ([python, "-c", PARSE], {}),
        "ruff check": ([str(programs / "ruff"), "check", "--no-cache", "--quiet"], {}),
    }
    return interleaved(
        {
            name: lambda words=words, variables=variables: (words, project, variables)
            for name, (words, variables) in commands.items()
        },
        RUNS,
    )


def _table(pack: str, lines: int, measures: Mapping[str, Measure]) -> str:
    rows = [
        f"| {pack}: {lines:,} lines | wall s | cpu s | ÷ parse | goal |",
        "|---|---|---|---|---|",
    ]
    for name, one in measures.items():
        wall, cpu = (value * LINES / lines for value in (one.wall, one.cpu))
        ratio = one.cpu / measures["parse"].cpu
        rows.append(f"| {name} | {wall:.2f} | {cpu:.2f} | {ratio:.1f} | {GOALS.get(name, '')} |")
    return "\n".join(rows)

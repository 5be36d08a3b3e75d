"""The table of a fleet, and how the update of one went, for people."""

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scaffold.output.console import Cell, console, line, styled, table

if TYPE_CHECKING:
    from rich.console import Console

    from scaffold.fleet import FleetCheck, FleetUpdate, RepositoryCheck, RepositoryUpdate

NARROW = 64  # columns; below, each repository is a block of its own
STYLES = {
    "ok": "good",
    "violations": "bad",
    "incomplete": "careful",
    "broken": "bad",
    "updated": "good",
    "branch exists": "good",
    "up to date": "quiet",
    "skipped": "careful",
    "conflicts": "bad",
    "checks fail": "bad",
    "failed": "bad",
    "not begun": "quiet",
}
HEAD = ("Repository", "Framework", "Template", "Violations", "Drift", "Exceptions", "Baseline")
NONE = "–"


def fleet_check(result: "FleetCheck") -> None:
    """Show the table of a fleet on standard output; what to type next on standard error."""
    out = console(data=True)
    cells = [_cells(row) for row in result.rows]
    if out.width < NARROW:
        _blocks(out, cells)
    else:
        table(out, [[(word, "strong") for word in HEAD], *cells], indent=0)
    for row in result.rows:
        if row.problem:
            out.print(styled((f"\n{row.name}: ", "bad"), row.problem), soft_wrap=True)
            if row.hint:
                out.print(styled(("  → ", "quiet"), row.hint), soft_wrap=True)
        elif row.note:
            out.print(styled((f"\n{row.name}: ", "careful"), row.note), soft_wrap=True)
    counts = [f"{count} {label}" for label, count in result.counts.items() if count]
    policy = f"; policy {result.policy}" if result.policy else ""
    total = f"{len(result.rows)} {'repository' if len(result.rows) == 1 else 'repositories'}"
    style = "bad" if result.code else "good"
    line(f"\n{total}: ", (", ".join(counts), style), policy)
    if result.count("violations"):
        again = f"scaffold check --fleet {_file(result)} --output html=fleet.html"
        line("where, and what to do: ", (again, "name"))


def fleet_update(result: "FleetUpdate", *, dry_run: bool) -> None:
    """Say what happened to each repository, where it stopped, and what to type next.

    Args:
        result: what was done.
        dry_run: no branch was made; the list is what was asked for.
    """
    out = console(data=True)
    for wave in sorted({row.wave for row in result.rows}):
        out.print(styled((f"Wave {wave}", "strong")))
        rows = [row for row in result.rows if row.wave == wave]
        table(out, [_update_cells(row, dry_run=dry_run) for row in rows])
    for row in result.rows:
        if row.problem:
            line((f"\n{row.name}: ", "bad"), row.problem)
            if row.hint:
                line(("  → ", "quiet"), row.hint)
        for note in row.notes:
            line((f"{row.name}: ", "careful"), note)
    _next(result, dry_run=dry_run)


def _cells(row: "RepositoryCheck") -> list[Cell]:
    if row.problem:
        return [row.name, *[NONE] * 2, (row.status, STYLES[row.status]), *[NONE] * 3]
    made = row.template
    behind = " (behind)" if row.behind else ""
    incomplete = f" +{row.not_run} not checked" if row.not_run else ""
    drift = NONE if not made.name else "?" if made.drift < 0 else str(made.drift)
    return [
        row.name,
        ", ".join(row.frameworks) or NONE,
        f"{made.name} {made.version}{behind}".strip() or NONE,
        (f"{row.violations}{incomplete}", STYLES[row.status]),
        drift,
        str(row.exceptions),
        str(row.tolerated),
    ]


def _blocks(out: "Console", rows: Sequence[Sequence[Cell]]) -> None:
    for row in rows:
        out.print(styled((str(row[0]), "strong")), soft_wrap=True)
        table(out, [[(word, "quiet"), cell] for word, cell in zip(HEAD[1:], row[1:], strict=True)])


def _update_cells(row: "RepositoryUpdate", *, dry_run: bool) -> list[Cell]:
    would = "would be " if dry_run and row.status == "updated" else ""
    made = row.template
    versions = ""
    if made and row.branch:
        versions = f"{made.name} {made.since} → {made.until}"
    beside = "pushed" if row.pushed else ""
    if would:
        beside = ", ".join(f"{number} {word}" for word, number in row.files.items())
    return [
        row.name,
        (f"{would}{row.status}", STYLES[row.status]),
        versions,
        f"{row.branch} ({beside})" if beside else row.branch,
    ]


def _next(result: "FleetUpdate", *, dry_run: bool) -> None:
    again = f"scaffold update --fleet {_file(result)}"
    waiting = sum(row.status == "not begun" for row in result.rows)
    made = [row for row in result.rows if row.branch and not row.code]
    if result.red:
        wave = result.red[0].wave
        names = ", ".join(row.name for row in result.red)
        rest = f"; {waiting} not begun" if waiting else ""
        line((f"\nStopped after wave {wave}: ", "bad"), f"{names}{rest}")
        if not dry_run:
            line("when that is put right, go on: ", (again, "name"))
    elif dry_run and made:
        line("\nmake the branches: ", (again, "name"))
    elif not made:
        line("\nnothing to update")
    elif not all(row.pushed for row in made):
        line("\npush the branches: ", (f"{again} --push", "name"))


def _file(result: "FleetCheck | FleetUpdate") -> str:
    return shlex.quote(str(result.fleet.file))

"""Packs with their features, and the facts about this machine; both on standard output."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scaffold.output.console import Cell, console, styled, table

if TYPE_CHECKING:
    from scaffold.commands.doctor import Diagnosis
    from scaffold.commands.list import PackListing

STATES = {"ok": ("ok", "good"), "limited": ("!", "careful"), "missing": ("--", "careful")}


def packs(found: "Sequence[PackListing]") -> None:
    """Show each pack and what it can add."""
    out = console(data=True)
    for place, pack in enumerate(found):
        if place:
            out.print()
        out.print(styled((pack.label, "strong"), f" (pack {pack.name}, version {pack.version})"))
        rows: list[list[Cell]] = []
        for feature in pack.features:
            notes = [f"one of: {feature.group}"] if feature.group else []
            notes += [f"needs {', '.join(feature.requires)}"] if feature.requires else []
            notes += [f"not with {', '.join(feature.conflicts)}"] if feature.conflicts else []
            beside = f" ({'; '.join(notes)})" if notes else ""
            mark = ("on", "good") if feature.default else ("", "")
            rows.append([mark, (feature.name, "name"), f"{feature.label}. {feature.why}{beside}"])
        table(out, rows)
    out.print("\non: there by default. --feature NAME adds one, --without NAME leaves one out.")


def doctor(found: "Diagnosis") -> None:
    """Show what this machine has and lacks, what follows, and what to do."""
    out = console(data=True)
    rows: list[list[Cell]] = []
    for fact in found.facts:
        remedy = f"\n→ {fact.remedy}" if fact.remedy else ""
        rows.append(
            [STATES[fact.state], (fact.name, "strong"), f"{fact.found}\n{fact.means}{remedy}"]
        )
    table(out, rows, indent=0)

"""A policy, and what is wrong with it, for people."""

from datetime import date
from typing import TYPE_CHECKING

from scaffold.output.console import Cell, console, counted, styled, table

if TYPE_CHECKING:
    from scaffold.policies import Policy
    from scaffold.policies.lint import LintResult

STYLES = {"error": "bad", "warning": "careful", "note": "name"}  # by level


def policy_faults(result: "LintResult") -> None:
    """Show what is wrong with a policy, on standard output."""
    out = console(data=True)
    for fault in result.faults:
        level = (fault.level.value, STYLES[fault.level])
        out.print(styled(level, f"  {fault.message}"), soft_wrap=True)
        if fault.hint:
            out.print(styled(("  → ", "quiet"), fault.hint), soft_wrap=True)
    if result.faults:
        console().print(styled((counted(len(result.faults), "fault"), "strong")))
    else:
        console().print(styled((f"{result.name} is sound", "good")))


def policy(found: "Policy", today: date) -> None:
    """Show what a policy sets and who set it, on standard output.

    Args:
        found: the policy with everything that it inherits.
        today: the day on which exceptions hold.
    """
    out = console(data=True)
    inherited = f", extends {', '.join(found.extends)}" if found.extends else ""
    out.print(styled((found.name, "strong"), f" by {found.owner}{inherited}"))
    rows: list[list[Cell]] = [
        [(key, "name"), one.text, (f"set by {one.owner} ({one.policy})", "quiet")]
        for key, one in found.settings.items()
    ]
    table(out, rows or [["it sets nothing"]])
    for one in found.exceptions:
        word, style = ("until", "quiet") if one.holds(today) else ("expired on", "bad")
        out.print(
            styled(
                ("exception ", "strong"),
                f"{one.about} ",
                (f"{word} {one.until}", style),
                f": {one.reason} ({one.owner}, {one.policy})",
            ),
            soft_wrap=True,
        )
    if found.note:
        console().print(styled((f"→ {found.note}", "careful")), soft_wrap=True)

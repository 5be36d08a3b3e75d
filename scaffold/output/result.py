"""The result of `new` and `init`: where the project is, what is missing, what to type next."""

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.output.console import console, counted, styled, table

if TYPE_CHECKING:
    from scaffold.commands.steps import NewResult
    from scaffold.inputs.resolve import Proposal

DONE = {
    "render": "rendered",
    "write": "written",
    "lock": "locked",
    "verify": "verified",
    "git": "committed",
    "install": "installed",
}
WORTH_TELLING = 0.05  # seconds: less would be shown as none
COMMAND = "make setup seed run"


def result(proposal: "Proposal", done: "NewResult") -> None:
    """Say where the project is and what to type next, on standard error.

    Args:
        proposal: what was created.
        done: what the steps did.
    """
    out = console()
    problems = [step for step in done.steps if step.problem]
    missing = [step for step in problems if not step.warning]
    head = ("Almost: ", "careful") if missing else ("Done: ", "good")
    size = counted(len(done.tree), "file")
    where = f" is in {done.path}, {size}, {proposal.pack.label}"
    out.print(styled(head, (proposal.recipe.name, "strong"), where), soft_wrap=True)
    told = [step for step in done.steps if not step.problem and step.seconds >= WORTH_TELLING]
    times = [f"{DONE.get(step.name, step.name)} {step.seconds:.1f} s" for step in told]
    if times:
        out.print(styled(("  " + " · ".join(times), "quiet")))
    for step in problems:
        out.print(styled(("\n! ", "careful"), step.problem), soft_wrap=True)
        if step.remedy:
            out.print(styled("  type: ", (step.remedy, "name")), soft_wrap=True)
    for note in proposal.notes:
        out.print(styled(("\n→ ", "careful"), note))
    command, rows = _next(proposal, done)
    if command:
        out.print(styled(("\nNext", "strong")))
        out.print(styled("  ", (command, "name")), soft_wrap=True)
    if rows:
        out.print(styled("\nThen"))
        table(out, [[(place, "name"), what] for place, what in rows])


def _next(proposal: "Proposal", done: "NewResult") -> tuple[str, list[tuple[str, str]]]:
    """One line to type, and the pages that it leads to: address and what it is.

    A pack says them in `_next` of its `cookiecutter.json`.
    """
    told = proposal.pack.context.get("_next", {})
    command = told.get("command", COMMAND if "Makefile" in done.tree else "")
    if done.path != Path.cwd():
        command = " && ".join(filter(None, (f"cd {shlex.quote(_short(done.path))}", command)))
    rows = []
    if address := told.get("address", ""):
        rows.append((address, "the home page"))
        for feature, (path, what) in told.get("pages", {}).items():
            if feature in proposal.recipe.features:
                rows.append((f"{address.rstrip('/')}/{path.lstrip('/')}", what))
    if login := told.get("login", ""):
        rows.append(("log in as", login))
    if (tour := told.get("tour", "")) in done.tree:
        rows.append((tour, "a guided tour of the code"))
    return command, rows


def _short(path: Path) -> str:
    relative = os.path.relpath(path)
    return relative if not relative.startswith(os.pardir) else str(path)

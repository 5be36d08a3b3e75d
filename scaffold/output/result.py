"""What came of `new` and `init`: where the project is, what is missing, what to type next."""

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from scaffold.commands.new import Result
from scaffold.inputs.resolve import Proposal
from scaffold.output.console import console, counted, styled

DONE = {
    "render": "rendered",
    "write": "written",
    "lock": "locked",
    "verify": "verified",
    "git": "committed",
    "install": "installed",
}
WORTH_TELLING = 0.05  # seconds: less would be shown as none
NEXT = (
    ("make setup", "installs what is missing, makes .env and the database"),
    ("make seed", "fills in something to look at"),
    ("make run", "starts it"),
)


def result(proposal: Proposal, done: Result) -> None:
    """Say where the project is and what to type next, on standard error.

    Args:
        proposal: what was created.
        done: what the steps did.
    """
    out = console()
    problems = [step for step in done.steps if step.problem]
    head = ("Almost: ", "careful") if problems else ("Done: ", "good")
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
    commands = _next(done)
    if commands:
        out.print(styled(("\nNext", "strong")))
    for command, what in commands:
        out.print(
            styled("  ", (f"{command:<12}" if what else command, "name"), what), soft_wrap=True
        )


def _next(done: Result) -> Sequence[tuple[str, str]]:
    steps = list(NEXT) if "Makefile" in done.tree else []
    if done.path != Path.cwd():
        steps.insert(0, (f"cd {shlex.quote(_short(done.path))}", ""))
    return steps


def _short(path: Path) -> str:
    relative = os.path.relpath(path)
    return relative if not relative.startswith(os.pardir) else str(path)

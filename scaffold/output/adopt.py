"""What adopting a project did, or would do."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scaffold.output.console import console, counted, styled, table

if TYPE_CHECKING:
    from scaffold.commands.adopt import Adoption

SHOWN = 8  # sections of files that are listed one by one


def adoption(done: "Adoption", *, dry_run: bool) -> None:
    """Say what was found, how the project differs from the template, and what to type next."""
    out = console(data=dry_run)
    recipe = done.recipe
    if done.before:
        out.print(styled(f"{done.root.name} is under scaffold already; nothing was changed"))
        return
    out.print(styled((recipe.name, "strong"), f", the template {recipe.pack}"))
    table(out, [[(name, "name"), done.reasons.get(name, "")] for name in recipe.features])
    for label, paths in (
        ("as in the template", done.same),
        ("different", done.different),
        ("not there", done.missing),
    ):
        out.print(styled((f"\n{counted(len(paths), 'file')} {label}", "strong")))
        table(out, [[_section(name), str(count)] for name, count in _sections(paths)])
    if done.check:
        failing = counted(len(done.check.failing), "violation")
        out.print(styled(f"\n{failing} of the layout, tolerated by the baseline"))
    if done.written:
        out.print(styled(("\nwritten: ", "good"), ", ".join(done.written)))
        out.print(styled(("\nNext", "strong")))
        for command in (
            "git add " + " ".join(done.written),
            "scaffold check",
            "scaffold diff --stat",
        ):
            out.print(styled("  ", (command, "name")), soft_wrap=True)


def _sections(paths: Sequence[str]) -> list[tuple[str, int]]:
    """Count files by the folder at the top that they are in."""
    counts = Counter(path.partition("/")[0] + "/" * ("/" in path) for path in paths)
    return counts.most_common(SHOWN)


def _section(name: str) -> tuple[str, str]:
    return name, "name" if name.endswith("/") else ""

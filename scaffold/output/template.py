"""What people see of a cookiecutter template: its code, the review, the result."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.errors import printable
from scaffold.output.console import Cell, console, counted, styled, table

if TYPE_CHECKING:
    from scaffold.commands.new_template import TemplateResult
    from scaffold.commands.source_info import SourceInfo, SourceListing
    from scaffold.model.template import TemplateQuestion
    from scaffold.packs.trust import Code
    from scaffold.project.template_state import TemplateState

SAID = 40  # lines of hooks that are shown


def template_code(code: "Code", *, data: bool = False) -> None:
    """Show code that would run; what a terminal would obey is shown instead.

    Args:
        code: the code.
        data: on standard output, because it was asked for.
    """
    from scaffold.packs.trust import HOOKS

    out = console(data=data)
    what = "Scripts that run in the new project" if code.kind == HOOKS else "Extensions of Jinja"
    out.print(styled((f"\n{what}: ", "strong"), ", ".join(code.names)), soft_wrap=True)
    for path, text in code.files.items():
        out.print(styled(f"\n{path}", (f"  {counted(len(text.splitlines()), 'line')}", "quiet")))
        for row in text.splitlines():
            out.print(styled(("  │ ", "quiet"), row.expandtabs(4)), soft_wrap=True)
    out.print()


def template_answers(questions: Sequence["TemplateQuestion"]) -> list[tuple[str, str]]:
    """Return the answers as rows: the variable and its value."""
    return [(question.key, printable(answer_text(question))) for question in questions]


def answer_text(question: "TemplateQuestion") -> str:
    """Return an answer as people read it."""
    if isinstance(question.value, bool):
        return _default(question.value)
    return dict(question.options).get(str(question.value), str(question.value))


def template_result(done: "TemplateResult") -> None:
    """Say where the project is and what the hooks said, on standard error."""
    out = console()
    for row in done.said[-SAID:]:
        out.print(styled(("  │ ", "quiet"), row), soft_wrap=True)
    where = f" is in {done.path}, {counted(len(done.tree), 'file')}, {done.name}"
    out.print(styled(("Done: ", "good"), (done.path.name, "strong"), where), soft_wrap=True)
    for step in done.steps:
        if step.problem:
            out.print(styled(("\n! ", "careful"), step.problem), soft_wrap=True)
            if step.remedy:
                out.print(styled("  type: ", (step.remedy, "name")), soft_wrap=True)
    rows: list[list[Cell]] = [[("→", "careful"), note] for note in done.notes]
    table(out, rows, indent=0)
    if done.path != Path.cwd():
        relative = os.path.relpath(done.path)
        out.print(styled(("\nNext", "strong"), "\n  ", (f"cd {relative}", "name")), soft_wrap=True)


def sources(found: "Sequence[SourceListing]") -> None:
    """Show the sources of the user and of the team, on standard output."""
    out = console(data=True)
    for owner in dict.fromkeys(one.owner for one in found):
        out.print(styled((f"\nSources of {owner}" if owner else "\nYour sources", "strong")))
        rows: list[list[Cell]] = []
        for one in found:
            if one.owner == owner:
                about = f"{one.kind} {one.version}".strip() or "not fetched yet"
                newer = f"; versions {', '.join(one.versions[:5])}" if one.versions else ""
                rows.append([(one.name, "name"), one.source, f"{about}{newer}"])
        table(out, rows)


def source_info(found: "SourceInfo") -> None:
    """Show what a source holds and what of it would run, on standard output."""
    out = console(data=True)
    about = [found.kind, found.version, found.commit[:12] and f"commit {found.commit[:12]}"]
    rows = [
        ["Source", found.source],
        ["Holds", ", ".join(filter(None, [f"{found.label}: {about[0]}", *about[1:]]))],
        ["Size", f"{counted(found.files, 'file')}, {found.size / 1024:.0f} KiB"],
    ]
    if found.commit:  # a folder has no versions
        rows.append(["Versions", ", ".join(found.versions[:10]) or "none tagged"])
    table(out, [[(label, "quiet"), text] for label, text in rows], indent=0)
    out.print(styled(("\nQuestions", "strong")))
    table(out, [[(key, "name"), _default(value)] for key, value in found.questions.items()])
    if found.features:
        out.print(styled(("\nFeatures", "strong")))
        table(out, [[(one.name, "name"), f"{one.label}. {one.why}"] for one in found.features])
    for code in found.code:
        trusted = "trusted" if code.kind in found.trusted else "needs your trust"
        out.print(styled((f"\n{code.kind.capitalize()}", "strong"), f": {trusted}"))
        template_code(code, data=True)


def template_project(root: Path, state: "TemplateState") -> None:
    """Show what a project was made of, on standard output."""
    out = console(data=True)
    origin = str(state.origin) if state.origin else "a folder or a file of one machine"
    rows = [["Folder", str(root)], ["Template", state.name], ["Source", origin]]
    table(out, [[(label, "quiet"), text] for label, text in rows], indent=0)
    out.print(styled(("\nAnswers", "strong")))
    table(out, [[(key, "name"), _default(value)] for key, value in state.values.items()])


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " | ".join(map(str, value))
    return str(value)

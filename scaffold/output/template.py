"""What people see of a cookiecutter template: its code, the review, the result."""

import os
from collections.abc import Sequence
from pathlib import Path

from scaffold.commands.new_template import TemplateResult
from scaffold.errors import printable
from scaffold.model.template import TemplateQuestion
from scaffold.output.console import Cell, console, counted, styled, table
from scaffold.packs.trust import HOOKS, Code

SAID = 40  # lines of hooks that are shown


def template_code(code: Code) -> None:
    """Show code that would run, on standard error; what a terminal would obey is shown instead."""
    out = console()
    what = "Scripts that run in the new project" if code.kind == HOOKS else "Extensions of Jinja"
    out.print(styled((f"\n{what}: ", "strong"), ", ".join(code.names)), soft_wrap=True)
    for path, text in code.files.items():
        out.print(styled(f"\n{path}", (f"  {counted(len(text.splitlines()), 'line')}", "quiet")))
        for row in text.splitlines():
            out.print(styled(("  │ ", "quiet"), row.expandtabs(4)), soft_wrap=True)
    out.print()


def template_answers(questions: Sequence[TemplateQuestion]) -> list[tuple[str, str]]:
    """Return the answers as rows: the variable and its value."""
    return [(question.key, printable(answer_text(question))) for question in questions]


def answer_text(question: TemplateQuestion) -> str:
    """Return an answer as people read it."""
    if isinstance(question.value, bool):
        return "yes" if question.value else "no"
    return dict(question.options).get(str(question.value), str(question.value))


def template_result(done: TemplateResult) -> None:
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

"""Cookiecutter templates, asked and rendered by the worker through cookiecutter's own functions."""

from base64 import b64decode
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scaffold.model.template import (
    Hook,
    RenderedTemplate,
    TemplateQuestion,
    TemplateRequest,
)
from scaffold.model.tree import File, Tree
from scaffold.rendering import isolation
from scaffold.rendering.validate import PARSERS, check_content

SHOWN = 3  # faults that a note names


def questions(request: TemplateRequest) -> tuple[str, tuple[TemplateQuestion, ...]]:
    """Return the questions of a template, with the answers so far.

    Returns:
        Where it only asks which nested template to take, the folder of that one, else an empty
        text; and the questions.

    Raises:
        UsageError: a value is unknown, or none of the choices.
        ScaffoldError: the template is broken.
    """
    answer = _ask(request, "questions")
    asked = (
        TemplateQuestion(**{**one, "options": _pairs(one["options"])})
        for one in answer["questions"]
    )
    return answer["nested"], tuple(asked)


def render_template(request: TemplateRequest) -> RenderedTemplate:
    """Render a template: the bytes that cookiecutter would write, before its hooks.

    Raises:
        UsageError: a value is unknown, or none of the choices.
        ScaffoldError: the template is broken, or asks for more than a render may take.
    """
    answer = _ask(request, "render")
    tree = Tree(
        {
            path: File(b64decode(content), executable)
            for path, (executable, content) in answer["files"].items()
        }
    )
    before, after = (
        tuple(Hook(name, b64decode(content)) for name, content in answer[stage])
        for stage in ("before", "after")
    )
    notes = (*answer["notes"], *faults(tree))
    folders = tuple(answer["folders"])
    return RenderedTemplate(
        answer["name"], tree, folders, before, after, answer["values"], notes, answer["tools"]
    )


def faults(tree: Tree) -> tuple[str, ...]:
    """Return what does not parse, in a sentence: for the user to know, not to be refused."""
    found = [
        f"{path} {why}"
        for path, file in tree.items()
        if path.rpartition(".")[2] in PARSERS
        for why in check_content(path, file.content)
        if "parse" in why
    ]
    more = f", and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return (f"{'; '.join(found[:SHOWN])}{more}",) if found else ()


def _ask(request: TemplateRequest, stage: str) -> dict[str, Any]:
    return isolation.ask({"template": asdict(request), "stage": stage}, Path(request.folder).name)


def _pairs(options: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((value, label) for value, label in options)

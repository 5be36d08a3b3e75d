"""A cookiecutter template as it is asked for and rendered: plain values, no disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scaffold.model.tree import Tree

TEXT, YES_NO, CHOICE, TABLE = "text", "yes_no", "choice", "table"
NESTED = "template"  # the question which of the nested templates to take
Values = Mapping[str, Any]


@dataclass(frozen=True)
class TemplateRequest:
    """What the worker needs to render a template, as plain values.

    Args:
        root: the folder that no link may lead out of.
        folder: the folder that holds `cookiecutter.json`.
        template: the source as the user named it.
        checkout: the revision that was asked for.
        output_dir: the directory in which the project will be.
        defaults: the user's `default_context` of cookiecutter.
        given: values that replace the template's, and are rendered like them: `-d`.
        answers: answers as they are typed; taken as they are.
        replay: a whole context that was used before.
        trusted: the template's own extensions may be loaded.
        lenient: answers that are no longer among the choices give way to the default.
    """

    root: str
    folder: str
    template: str
    checkout: str = ""
    output_dir: str = "."
    defaults: Values = field(default_factory=dict)
    given: Values = field(default_factory=dict)
    answers: Values = field(default_factory=dict)
    replay: Values = field(default_factory=dict)
    trusted: bool = False
    lenient: bool = False


@dataclass(frozen=True)
class TemplateQuestion:
    """One question of a template.

    Args:
        key: the variable.
        kind: `TEXT`, `YES_NO`, `CHOICE` or `TABLE`.
        text: the question as the template's author wrote it, or the key.
        default: the default, given the answers before.
        value: the answer, or the default.
        options: the choices with their labels.
    """

    key: str
    kind: str
    text: str
    default: Any
    value: Any
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Hook:
    """A script of a template.

    Args:
        name: the file's name in `hooks/`.
        content: the script, rendered.
    """

    name: str
    content: bytes


@dataclass(frozen=True)
class RenderedTemplate:
    """What a template renders, before its hooks.

    Args:
        name: the directory that the template calls the project.
        tree: the files.
        folders: the directories without any file.
        before: the scripts to run in the empty project.
        after: the scripts to run in the complete one.
        values: the values of all variables.
        notes: what the user should know.
        tools: the versions of what rendered it.
    """

    name: str
    tree: Tree
    folders: tuple[str, ...] = ()
    before: tuple[Hook, ...] = ()
    after: tuple[Hook, ...] = ()
    values: Values = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    tools: Mapping[str, str] = field(default_factory=dict)

"""The questions of a cookiecutter template, with a way back and a review."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scaffold import output as show
from scaffold.errors import ScaffoldError, UsageError, printable
from scaffold.model.template import CHOICE, TABLE, YES_NO, TemplateQuestion, TemplateRequest
from scaffold.output.template import answer_text
from scaffold.packs.sources import Source
from scaffold.rendering.template.client import questions, render_template
from scaffold.wizard import on_standard_error
from scaffold.wizard.frame import Page, Reply
from scaffold.wizard.prompts import Line, Option, select, text

WRITE, EDIT, TREE, QUIT = "write", "change", "tree", "quit"
YES, NO = "yes", "no"


@dataclass
class Conversation:
    """The answers so far.

    Args:
        request: the template, and what was given before.
        answers: what was answered here.
        trail: the variables in the order in which they were answered.
        typed: what was typed at each question that was left without an answer.
    """

    request: TemplateRequest
    answers: dict[str, Any] = field(default_factory=dict)
    trail: list[str] = field(default_factory=list)
    typed: dict[str, Any] = field(default_factory=dict)

    @property
    def current(self) -> TemplateRequest:
        """The template with the answers so far."""
        return replace(self.request, answers=self.answers)

    def asked(self) -> tuple[str, tuple[TemplateQuestion, ...]]:
        """Return a nested template, and the questions; each default follows from the answers."""
        return questions(self.current)


def ask_template(
    request: TemplateRequest, source: Source, *, dry_run: bool = False
) -> Mapping[str, Any] | None:
    """Ask for what was not given, and let the user decide.

    Args:
        request: the template, and what was given.
        source: where it comes from, for the equivalent command line.
        dry_run: nothing will be written, whatever the user chooses.

    Returns:
        The answers, or nothing where the user quits.

    Raises:
        ScaffoldError: the template is broken.
        KeyboardInterrupt: Ctrl-C.
    """
    talk = Conversation(request)
    show.line("Nothing is written until you confirm.\n")
    with on_standard_error():
        try:
            return _talk(talk, source, dry_run=dry_run)
        except EOFError:
            return None


def _talk(talk: Conversation, source: Source, *, dry_run: bool) -> Mapping[str, Any] | None:
    while True:
        nested, asked = talk.asked()
        missing = [one for one in asked if one.key not in {**talk.request.given, **talk.answers}]
        if missing:
            _step(talk, missing[0], asked)
            continue
        if nested:
            return talk.answers  # the nested template asks its own, and shows its own review
        choice = _review(talk, asked, source, dry_run=dry_run)
        if choice is not None:
            return talk.answers if choice == WRITE else None


def _step(
    talk: Conversation, question: TemplateQuestion, asked: tuple[TemplateQuestion, ...]
) -> None:
    """Ask one question, or go back to the one before."""
    before = [one for one in asked if one.key in talk.trail]
    place = f"{question.key}, {[one.key for one in asked].index(question.key) + 1} of {len(asked)}"
    page = Page(show.template_answers(before), help=place, back=bool(talk.trail))
    reply = _ask(question, page, talk.typed.get(question.key))
    if reply.back:
        talk.typed[question.key] = reply.value
        _back(talk)
        return
    talk.answers[question.key] = _value(question, reply.value)
    talk.trail.append(question.key)


def _back(talk: Conversation) -> None:
    last = talk.trail.pop()
    talk.typed[last] = talk.answers.pop(last)


def _ask(question: TemplateQuestion, page: Page, typed: Any = None) -> Reply:  # noqa: ANN401 - any answer
    message = printable(question.text)
    default = question.default if typed is None else typed
    if question.kind == YES_NO:
        options = [Option(YES, "Yes"), Option(NO, "No")]
        return select(message, options, page, YES if default in (True, YES) else NO)
    if question.kind == CHOICE:
        options = [Option(value, printable(label)) for value, label in question.options]
        return select(message, options, page, str(default))
    if question.kind == TABLE:
        shown = default if isinstance(default, str) else json.dumps(default)
        return text(Line(message, default=shown, check=_table), page)
    before = "" if typed is None or typed == question.default else str(typed)
    suggestion = "" if question.default is None else printable(str(question.default))
    return text(Line(message, default=before, suggestion=suggestion), page)


def _value(question: TemplateQuestion, value: Any) -> Any:  # noqa: ANN401 - any answer
    if question.kind == YES_NO:
        return value == YES
    return _table(value) if question.kind == TABLE else value


def _table(typed: str) -> dict[str, Any]:
    try:
        value = json.loads(typed)
    except ValueError as error:
        raise UsageError(f"this is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise UsageError("this is not a table", 'for example {"key": "value"}')
    return value


def _review(
    talk: Conversation, asked: tuple[TemplateQuestion, ...], source: Source, *, dry_run: bool
) -> str | None:
    """Show the answers and what would be written; return what was chosen, if that ends it."""
    rendered = None
    try:
        rendered = render_template(talk.current)
    except ScaffoldError as problem:
        show.error(problem)
    rows = show.template_answers(asked)
    if rendered:
        rows += [("files", f"{len(rendered.tree)} in {rendered.name}/")]
        if hooks := [hook.name for hook in (*rendered.before, *rendered.after)]:
            rows += [("hooks", ", ".join(hooks))]
    stopped = "" if rendered else "see the error above"
    options = [
        Option(WRITE, "Show it" if dry_run else "Write it", disabled=stopped),
        Option(EDIT, "Change something"),
        Option(TREE, "Show every file", disabled=stopped),
        Option(QUIT, "Quit, and write nothing"),
    ]
    message = "Show what would be written?" if dry_run else "Write it?"
    reply = select(message, options, Page(rows, back=bool(talk.trail)), EDIT if stopped else WRITE)
    if reply.back:
        _back(talk)
    elif reply.value == EDIT:
        _change(talk, asked)
    elif reply.value == TREE and rendered:
        show.tree(Path(rendered.name), rendered.tree, to_stderr=True)
    else:
        if reply.value == WRITE:
            show.line("The same without questions\n  ", (_command(asked, source), "name"), "\n")
        return str(reply.value)
    return None


def _change(talk: Conversation, asked: tuple[TemplateQuestion, ...]) -> None:
    width = max(len(question.key) for question in asked)
    options = [
        Option(one.key, f"{one.key:<{width}}  {printable(answer_text(one))[:56]}") for one in asked
    ]
    picked = select("What do you want to change?", options, Page())
    if picked.back:
        return
    question = next(one for one in asked if one.key == picked.value)
    reply = _ask(question, Page(), question.value)
    if not reply.back:
        talk.answers[question.key] = _value(question, reply.value)


def _command(asked: tuple[TemplateQuestion, ...], source: Source) -> str:
    """Return the line that gives the same without questions."""
    words = ["scaffold", "new", str(source)]
    for one in asked:
        if one.value != one.default:
            plain = one.value if isinstance(one.value, str) else json.dumps(one.value)
            words += ["-d", f"{one.key}={plain}"]
    return shlex.join([*words, "--defaults"])

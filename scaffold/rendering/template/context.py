"""The context of a cookiecutter template, through cookiecutter's own functions; in the worker.

They ask in a terminal and render in an environment of their own. Here, the answers are given and
the environment is the sandbox; what they ask is noted.
"""

import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from scaffold.errors import Exit, PackError, ScaffoldError, UsageError, did_you_mean
from scaffold.model.template import (
    CHOICE,
    NESTED,
    TABLE,
    TEXT,
    YES_NO,
    TemplateQuestion,
    TemplateRequest,
)
from scaffold.packs.context import EXTENSIONS, check_context
from scaffold.packs.manifest import ManifestError, faults_of, read_json
from scaffold.packs.pack_files import CONTEXT, PackFiles

Context = dict[str, Any]
Answer = Any  # whatever JSON holds
YES = frozenset({"1", "true", "t", "yes", "y", "on"})
NO = frozenset({"0", "false", "f", "no", "n", "off"})


class Conversation:
    """Answers for cookiecutter's questions, which it notes.

    Args:
        answers: the answers as they are typed.
        lenient: one that is no longer among the choices gives way to the default.
    """

    def __init__(self, answers: Mapping[str, Any], *, lenient: bool) -> None:
        self.answers = answers
        self.lenient = lenient
        self.questions: list[TemplateQuestion] = []
        self.notes: list[str] = []

    def text(self, key: str, default: Answer, prompts: Answer = None, _prefix: str = "") -> Answer:
        """Answer in place of `read_user_variable`."""
        return self._note(key, TEXT, default, self.answers.get(key, default), prompts)

    def yes_no(self, key: str, default: Answer, prompts: Answer = None, _prefix: str = "") -> bool:
        """Answer in place of `read_user_yes_no`."""
        answer = self.answers.get(key, default)
        word = str(answer).strip().lower()
        if word not in YES | NO:
            raise UsageError(f"{key} is yes or no, not {answer!r}", f"write {key}=yes or {key}=no")
        return bool(self._note(key, YES_NO, bool(default), word in YES, prompts))

    def choice(
        self, key: str, options: list[Any], prompts: Answer = None, _prefix: str = ""
    ) -> Answer:
        """Answer in place of `read_user_choice`."""
        if not options:
            raise ValueError(f"{key} has no choices")
        key = NESTED if key in ("template", "templates") else key
        answer = self.answers.get(key, options[0])
        answer = {str(option): option for option in options}.get(str(answer), answer)
        if answer not in options and self.lenient:
            self.notes.append(f"{key} can no longer be {answer!r}; it is now {options[0]!r}")
            answer = options[0]
        if answer not in options:
            raise UsageError(
                f"{key} has no choice {answer!r}", did_you_mean(str(answer), map(str, options))
            )
        return self._note(key, CHOICE, options[0], answer, prompts, options)

    def table(self, key: str, default: Answer, prompts: Answer = None, _prefix: str = "") -> Answer:
        """Answer in place of `read_user_dict`."""
        answer = self.answers.get(key, default)
        if not isinstance(answer, Mapping):
            raise UsageError(f"{key} is a table, not {answer!r}", "write it as JSON")
        return self._note(key, TABLE, default, answer, prompts)

    def _note(
        self,
        key: str,
        kind: str,
        default: Answer,
        value: Answer,
        prompts: Answer,
        options: list[Any] | None = None,
    ) -> Answer:
        said = (prompts or {}).get(key if key != NESTED else "templates") or key
        labels = said if isinstance(said, Mapping) else {}
        text = labels.get("__prompt__", key) if labels else said
        pairs = tuple((str(one), _plain(labels.get(one, one))) for one in options or ())
        self.questions.append(TemplateQuestion(key, kind, _plain(text), default, value, pairs))
        return value


def build_context(
    request: TemplateRequest, sandboxed: Callable[[Context], Any]
) -> tuple[Context, Conversation]:
    """Return the context of a template, and what was asked for it.

    Args:
        request: what to render.
        sandboxed: makes the environment of a context.

    Raises:
        UsageError: a value is unknown, or none of the choices.
        ScaffoldError: the template is broken.
    """
    asked = Conversation(request.answers, lenient=request.lenient)
    context = _begin(request, asked)
    with _answering(asked, sandboxed), _rendering(Path(request.folder) / CONTEXT):
        _prompt(context, request)
    context["cookiecutter"] |= {
        "_template": request.template,
        "_output_dir": os.path.abspath(request.output_dir),  # noqa: PTH100 - as cookiecutter does
        "_repo_dir": request.folder,
        "_checkout": request.checkout or None,
    }
    return context, asked


def nested_template(
    request: TemplateRequest, sandboxed: Callable[[Context], Any]
) -> tuple[str, Conversation]:
    """Return the folder of the nested template that is chosen, and the question for it.

    Returns:
        An empty text where the template has no nested ones.

    Raises:
        UsageError: the answer is none of them.
        PackError: the template names one that is not there.
    """
    from cookiecutter.prompt import choose_nested_template

    asked = Conversation({**request.given, **request.answers}, lenient=request.lenient)
    settings = read_json(Path(request.folder) / CONTEXT, PackFiles((Path(request.root),)))
    if not {"template", "templates"} & set(settings):
        return "", asked
    context = _begin(replace(request, given={}), asked)
    with _answering(asked, sandboxed), _rendering(Path(request.folder) / CONTEXT):
        chosen = choose_nested_template(context, request.folder)
    path, root = Path(chosen).resolve(), Path(request.root).resolve()
    if not path.is_relative_to(root) or not (path / CONTEXT).is_file():
        raise PackError(
            Path(request.folder, CONTEXT), f"names a nested template that is not there: {chosen}"
        )
    return chosen, asked


def _begin(request: TemplateRequest, asked: Conversation) -> Context:
    """Read `cookiecutter.json` with what replaces its values."""
    from cookiecutter.generate import generate_context

    path = Path(request.folder) / CONTEXT
    settings = read_json(path, PackFiles((Path(request.root),)))
    with faults_of(path):
        check_context(settings)
    _check_code(request, settings)
    if not request.lenient:
        _check_keys({**request.given, **request.answers}, settings)
    given = _choices(request.given, settings)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            context: Context = generate_context(
                str(path), dict(request.defaults), None if request.replay else given
            )
        except ValueError as error:
            raise UsageError(str(error).strip()) from None
    asked.notes += [str(one.message) for one in said]
    own = context["cookiecutter"]
    context["_cookiecutter"] = {k: v for k, v in own.items() if not k.startswith("_")}
    return context


def _prompt(context: Context, request: TemplateRequest) -> None:
    """Ask for every variable; what a replay holds is not asked."""
    from cookiecutter.prompt import prompt_for_config

    own = context["cookiecutter"]
    if request.replay:
        missing = {key: value for key, value in own.items() if key not in request.replay}
        context["cookiecutter"] = own = dict(request.replay)
        context["_cookiecutter"] = {k: v for k, v in own.items() if not k.startswith("_")}
        if missing:
            own |= prompt_for_config({"cookiecutter": missing})
        return
    if own:
        own |= prompt_for_config(context)


def _check_code(request: TemplateRequest, settings: Mapping[str, Any]) -> None:
    """Refuse extensions that nobody trusted: they are code."""
    wanted = [*settings.get("_extensions", []), *request.replay.get("_extensions", [])]
    foreign = [name for name in wanted if name not in EXTENSIONS]
    if foreign and not request.trusted:
        raise ScaffoldError(
            f"{request.template} wants to load code of its own: {', '.join(map(str, foreign))}",
            "look at it, then go on with --trust",
            Exit.UNTRUSTED,
        )


def _check_keys(values: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    """Refuse a key that the template does not have: cookiecutter would ignore it."""
    if {"template", "templates"} & set(settings):
        return  # the values are for the nested template
    asked = [key for key in settings if not key.startswith("_")]
    for key in values:
        if key not in {*settings, NESTED}:
            raise UsageError(f"the template has no variable {key}", did_you_mean(key, asked))


def _choices(given: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with a number or a boolean where the template has it as a choice."""
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in settings:
            continue  # for another template of the nested ones
        options = settings[key] if isinstance(settings[key], list) else []
        spelled = {str(option): option for option in options}
        if isinstance(value, str) and options and value not in spelled:
            raise UsageError(f"{key} has no choice {value!r}", did_you_mean(value, spelled))
        values[key] = spelled.get(value, value) if isinstance(value, str) else value
    return values


@contextmanager
def _answering(asked: Conversation, sandboxed: Callable[[Context], Any]) -> Iterator[None]:
    """Let cookiecutter's functions ask the conversation, and render in the sandbox."""
    from cookiecutter import prompt

    ours = {
        "read_user_variable": asked.text,
        "read_user_yes_no": asked.yes_no,
        "read_user_choice": asked.choice,
        "read_user_dict": asked.table,
        "create_env_with_context": sandboxed,
    }
    before = {name: getattr(prompt, name) for name in ours}
    for name, function in ours.items():
        setattr(prompt, name, function)
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(prompt, name, function)


@contextmanager
def _rendering(path: Path) -> Iterator[None]:
    """Say which variable cannot be rendered."""
    from cookiecutter.exceptions import UndefinedVariableInTemplate
    from jinja2 import TemplateError

    try:
        yield
    except UndefinedVariableInTemplate as error:
        with faults_of(path):
            raise ManifestError(f"{error.message}: {error.error.message}") from error
    except (TemplateError, TypeError, ValueError) as error:
        with faults_of(path):
            raise ManifestError(f"a variable cannot be rendered: {error}") from error


def _plain(text: object) -> str:
    """Return a text without rich's markup, which cookiecutter's prompts may have."""
    from rich.errors import MarkupError
    from rich.text import Text

    try:
        return Text.from_markup(str(text)).plain
    except MarkupError:
        return str(text)


def as_plain(asked: Conversation) -> list[dict[str, Any]]:
    """Return the questions as plain values."""
    return [asdict(question) for question in asked.questions]

"""The three kinds of question: a line, a choice, several choices; knows nothing of projects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from scaffold.wizard.frame import BACK, Frame, Page, Reply, ask, room, style
from scaffold.wizard.input_error import InputError, input_error_of

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings
    from questionary import Choice, Question
    from questionary.prompts.common import InquirerControl

MARK = "?"


@dataclass(frozen=True)
class Option:
    """One entry of a list.

    Args:
        value: what is returned.
        label: what is shown.
        why: shown below the list while the entry is pointed at.
        disabled: why it cannot be chosen; empty where it can.
    """

    value: str
    label: str
    why: str = ""
    disabled: str = ""


@dataclass(frozen=True)
class Line:
    """A question for one line of text.

    Args:
        message: the question.
        default: the text to be edited.
        suggestion: what an empty line means.
        check: raises a `ScaffoldError` for what cannot be taken.
        explain: a note on what is typed.
        joint: what is put between pasted lines.
    """

    message: str
    default: str = ""
    suggestion: str = ""
    check: Callable[[str], object] = lambda _: None
    explain: Callable[[str], str] = lambda _: ""
    joint: str = " "


def text(line: Line, page: Page) -> Reply:
    """Ask for one line; what is wrong with it is said while it is typed."""
    import questionary
    from prompt_toolkit.key_binding import merge_key_bindings

    question = questionary.text(
        line.message,
        default=line.default,
        qmark=MARK,
        placeholder=[("class:placeholder", line.suggestion)],
        style=style(),
    )
    application = question.application
    buffer = application.layout.current_buffer
    bindings = [application.key_bindings, _pasting(line.joint)]
    application.key_bindings = merge_key_bindings([one for one in bindings if one])

    def typed() -> str:
        return buffer.text if buffer else ""

    def meant() -> str:
        return typed().strip() or line.suggestion

    def problem() -> InputError | None:
        found = input_error_of(lambda: line.check(meant()))
        if found and not typed():
            return InputError(found.message, found.hint, unfinished=True)
        return found

    def explain() -> str:
        if line.suggestion and not typed():
            return f"Press enter for {line.suggestion}."
        return line.explain(meant())

    frame = Frame(page, "enter: go on", typed, problem, explain)
    reply = ask(question, frame)
    return reply if reply.back else Reply(reply.value.strip() or line.suggestion)


def _pasting(joint: str) -> "KeyBindings":
    """Several lines that are pasted become one."""
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    bindings = KeyBindings()

    @bindings.add("<bracketed-paste>", eager=True)
    def _paste(event: KeyPressEvent) -> None:
        lines = (line.strip() for line in event.data.splitlines())
        event.current_buffer.insert_text(joint.join(filter(None, lines)))

    return bindings


def select(message: str, options: Sequence[Option], page: Page, default: str = "") -> Reply:
    """Ask for one entry of a list, which ends in "← back" where there is a way back."""
    import questionary

    columns = room(len(" »  "))  # the last column stays free
    choices = [_choice(option, columns) for option in options]
    if page.back:
        choices.append(questionary.Choice("← back", BACK))
    open_values = [choice.value for choice in choices if not choice.disabled]
    asked = wrap(message, room(4))
    question = questionary.select(
        "\n  ".join(asked),
        choices,
        default=default if default in open_values else open_values[0],
        qmark=MARK,
        instruction=" ",
        style=style(),
    )
    control = _control(question)

    def pointed() -> str:
        value = control.get_pointed_at().value
        return default if value == BACK else str(value)

    def explain() -> str:
        return _note(options, control.get_pointed_at().value, columns)

    height = len(choices) + len(asked)
    frame = Frame(page, "up, down, enter", pointed, explain=explain, height=height)
    reply = ask(question, frame)
    return Reply(default, back=True) if reply.value == BACK else reply


def several(
    message: str,
    options: Sequence[Option],
    page: Page,
    chosen: Sequence[str] = (),
    check: Callable[[tuple[str, ...]], object] = lambda _: None,
) -> Reply:
    """Ask for any number of entries; which do not go together is said at once."""
    import questionary

    asked = wrap(message, room(4))
    columns = room(len(" » ●  "))
    question = questionary.checkbox(
        "\n  ".join(asked),
        [_choice(option, columns, checked=option.value in chosen) for option in options],
        qmark=MARK,
        instruction=" ",
        style=style(),
    )
    control = _control(question)

    def marked() -> tuple[str, ...]:
        return tuple(str(choice.value) for choice in control.get_selected_values())

    def explain() -> str:
        return _note(options, control.get_pointed_at().value, columns)

    frame = Frame(
        page,
        "space: on or off   a: all   enter: continue",
        marked,
        lambda: input_error_of(lambda: check(marked())),
        explain,
        height=len(options) + len(asked),
    )
    reply = ask(question, frame)
    return reply if reply.back else Reply(tuple(reply.value))


def _note(options: Sequence[Option], value: object, columns: int) -> str:
    """Return the note on the highlighted entry: its reason, and its label if that is cut off."""
    option = next((option for option in options if option.value == value), Option("", ""))
    cut = " ".join(option.label.split()) if len(option.label) > columns else ""
    return ". ".join(filter(None, (cut, option.why)))


def _choice(option: Option, columns: int, *, checked: bool = False) -> "Choice":
    from questionary import Choice

    label = option.label
    if len(label) > columns:
        label = f"{label[: columns - 1].rstrip()}…"
    return Choice(label, option.value, option.disabled or None, checked)


def _control(question: "Question") -> "InquirerControl":
    """Return the list control of a question: it knows which entry is highlighted."""
    from questionary.prompts.common import InquirerControl

    found = (window.content for window in question.application.layout.find_all_windows())
    return next(content for content in found if isinstance(content, InquirerControl))

"""A few lines of text, checked while they are typed; an empty line ends them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from scaffold.wizard.frame import Frame, Page, Reply, ask, style
from scaffold.wizard.input_error import InputError
from scaffold.wizard.prompts import MARK

if TYPE_CHECKING:
    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.key_binding import KeyBindings

Find = Callable[[str], InputError | None]
Explain = Callable[[str], str]


def edit(message: str, page: Page, default: str, find: Find, explain: Explain) -> Reply:
    """Ask for lines, and return those that are not empty, joined.

    Args:
        message: the question.
        page: what is shown around it.
        default: the lines to be edited.
        find: tells what is wrong with all the lines.
        explain: a note on them.
    """
    import questionary
    from prompt_toolkit.key_binding import merge_key_bindings

    question = questionary.text(
        f"{message}\n ",
        default=default,
        qmark=MARK,
        multiline=True,
        instruction="",
        prompt_continuation="  ",
        style=style(),
    )
    application = question.application
    buffer = application.layout.current_buffer
    if buffer is None:  # a prompt always has one; for the type checker
        raise RuntimeError("the prompt has no buffer")
    bindings = [application.key_bindings, _bindings(buffer)]
    application.key_bindings = merge_key_bindings([one for one in bindings if one])
    frame = Frame(
        page,
        "enter: next line   enter on an empty line: continue",
        typed=lambda: buffer.text,
        problem=lambda: find(buffer.text),
        explain=lambda: explain(buffer.text),
        ending=lambda: _ending(buffer),
        height=buffer.document.line_count + 3,
    )
    reply = ask(question, frame)
    return Reply(_filled(reply.value), reply.back)


def _bindings(buffer: "Buffer") -> "KeyBindings":
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    bindings = KeyBindings()

    @bindings.add("enter", eager=True)
    def _enter(event: KeyPressEvent) -> None:
        if _ending(buffer):
            event.app.exit(result=buffer.text)
        else:
            buffer.cursor_position += buffer.document.get_end_of_line_position()
            buffer.insert_text("\n")

    return bindings


def _ending(buffer: "Buffer") -> bool:
    """Tell whether the cursor is on an empty line after all others."""
    document = buffer.document
    rest = document.current_line + document.text_after_cursor
    return bool(document.text.strip()) and not rest.strip()


def _filled(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())

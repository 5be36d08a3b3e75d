"""What is shown around every question: the answers so far above, help below, and a way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from scaffold.wizard.input_error import InputError

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.layout import Layout
    from prompt_toolkit.styles import Style
    from questionary import Question

BACK = "\x00back"  # the value of the entry "← back" of a list
ESCAPE_DELAY = 0.1  # seconds in which the rest of an arrow key's sequence must follow
STYLE = (
    ("qmark", "fg:ansicyan bold"),
    ("question", "bold"),
    ("answer", ""),
    ("pointer", "fg:ansicyan bold"),
    ("highlighted", "fg:ansicyan bold"),
    ("selected", "fg:ansicyan"),
    ("disabled", "fg:ansibrightblack"),
    ("placeholder", "fg:ansibrightblack"),
    ("label", "fg:ansibrightblack"),
    ("help", ""),
    ("keys", "fg:ansibrightblack"),
    ("problem", "fg:ansired bold"),
)


@dataclass(frozen=True)
class Reply:
    """The answer; or, when the user goes back, what was typed so far."""

    value: Any
    back: bool = False


@dataclass(frozen=True)
class Page:
    """What is shown around a question.

    Args:
        above: labels and answers of the questions before.
        help: why it is asked.
        back: whether there is something to go back to.
    """

    above: Sequence[tuple[str, str]] = ()
    help: str = ""
    back: bool = True


@dataclass(frozen=True)
class Frame:
    """One question as it is asked.

    Args:
        page: what is shown around it.
        keys: the keys to know, beside those of every question.
        typed: the current text or choice.
        problem: why that cannot be taken, or nothing.
        explain: a note on the current text.
        ending: whether enter would end the question now.
        height: how many rows the question itself needs.
    """

    page: Page
    keys: str
    typed: Callable[[], Any]
    problem: Callable[[], InputError | None] = lambda: None
    explain: Callable[[], str] = lambda: ""
    ending: Callable[[], bool] = lambda: True
    height: int = 2

    def refused(self) -> InputError | None:
        """Return why enter does nothing now."""
        found = self.problem()
        return None if found and found.later and not self.ending() else found


def ask(question: "Question", frame: Frame) -> Reply:
    """Put the frame around a question and ask it.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    from prompt_toolkit.key_binding import merge_key_bindings

    tried: list[Any] = []
    application = question.application
    application.layout = _layout(application.layout, frame, tried)
    bindings = [application.key_bindings, _bindings(frame, tried)]
    application.key_bindings = merge_key_bindings([one for one in bindings if one])
    application.erase_when_done = True
    application.ttimeoutlen = ESCAPE_DELAY
    answer = question.unsafe_ask()
    return answer if isinstance(answer, Reply) else Reply(answer)


def style() -> "Style":
    """Return the wizard's few styles; all of them are readable without colour."""
    from prompt_toolkit.styles import Style

    return Style(list(STYLE))


def _bindings(frame: Frame, tried: list[Any]) -> "KeyBindings":
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    bindings = KeyBindings()

    @bindings.add("enter", eager=True, filter=Condition(lambda: frame.refused() is not None))
    def _refuse(event: KeyPressEvent) -> None:
        tried[:] = [frame.typed()]
        problem = frame.problem()
        if problem and problem.place is not None:
            event.current_buffer.cursor_position = problem.place

    if frame.page.back:

        @bindings.add("escape", eager=True)
        @bindings.add("s-tab", eager=True)
        def _back(event: KeyPressEvent) -> None:
            event.app.exit(result=Reply(frame.typed(), back=True))

    return bindings


def _layout(inner: "Layout", frame: Frame, tried: list[Any]) -> "Layout":
    from prompt_toolkit.filters import Always
    from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window

    def window(content: "Callable[[], StyleAndTextTuples]") -> Window:
        return Window(FormattedTextControl(content), wrap_lines=True)

    above, below = window(lambda: _above(frame)), window(lambda: _below(frame, tried))
    layout = Layout(HSplit([above, inner.container, below]), focused_element=inner.current_window)
    for part in layout.find_all_windows():
        part.dont_extend_height = Always()
    return layout


def _above(frame: Frame) -> "StyleAndTextTuples":
    from prompt_toolkit.application import get_app

    below = 6 if frame.page.help else 4
    room = max(get_app().output.get_size().rows - frame.height - below, 1)
    rows = frame.page.above[-room:]
    if not rows:
        return []
    width = max(len(label) for label, _ in rows)
    parts: StyleAndTextTuples = []
    for label, answer in rows:
        parts += [("class:label", f"  {label:<{width}}  "), ("class:answer", f"{answer}\n")]
    return parts


def _below(frame: Frame, tried: list[Any]) -> "StyleAndTextTuples":
    problem = frame.problem()
    parts: StyleAndTextTuples = []
    if problem and (not problem.unfinished or frame.typed() in tried):
        parts += _wrapped("class:problem", f"! {problem.message}")
        parts += [("", f"\n  {row}") for row in problem.drawing.split("\n") if row]
        parts += _wrapped("class:help", problem.hint)
    else:
        missing = problem and "; ".join(filter(None, (problem.message, problem.hint)))
        for line in (*frame.page.help.split("\n"), missing or frame.explain()):
            parts += _wrapped("class:help", line)
    back = "esc: back   " if frame.page.back else ""
    return [*parts, *_wrapped("class:keys", f"{frame.keys}   {back}ctrl-c: quit")]


def _wrapped(kind: str, line: str) -> "StyleAndTextTuples":
    return [(kind, f"\n  {row}") for row in wrap(line, room(4))]


def room(taken: int) -> int:
    """Return how many columns of the terminal are left beside those that are taken."""
    from prompt_toolkit.application import get_app_session

    return max(get_app_session().output.get_size().columns - taken, 20)

"""Why what was typed cannot be accepted, as it is shown below the question."""

from collections.abc import Callable
from dataclasses import dataclass

from scaffold.errors import ScaffoldError
from scaffold.model.fields import GrammarError

DRAWN = 70  # columns of a faulty line that are shown


@dataclass(frozen=True)
class InputError:
    """Why the current text cannot be accepted.

    Args:
        message: one line.
        hint: one line; may be empty.
        drawing: the line at fault and a caret below it; may be empty.
        place: the index of the character at fault.
        unfinished: nothing is wrong so far, but something is missing at the end.
        later: it matters only when everything has been typed.
    """

    message: str
    hint: str = ""
    drawing: str = ""
    place: int | None = None
    unfinished: bool = False
    later: bool = False


def input_error_of(check: Callable[[], object], offset: int = 0) -> InputError | None:
    """Run a check and describe what it raises; positions are moved by the offset."""
    try:
        check()
    except GrammarError as error:
        unfinished = error.position >= len(error.text.rstrip())
        return InputError(
            error.message, error.hint, _drawing(error), offset + error.position, unfinished
        )
    except ScaffoldError as error:
        return InputError(error.message, error.hint)
    return None


def _drawing(error: GrammarError) -> str:
    """Return the faulty line and its caret, cut to what fits on a screen."""
    text, _, caret = error.pointed().partition("\n")
    start = max(len(caret) - DRAWN + 10, 0)
    return "\n".join(row[start : start + DRAWN] for row in (text, caret))

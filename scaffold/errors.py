"""The errors that users see, and their exit codes."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from enum import IntEnum
from pathlib import Path

# Control characters that a terminal obeys, marks that reverse the direction of a text, surrogates.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Exit(IntEnum):
    """Exit codes: public interface, listed in docs/usage.md."""

    DONE = 0
    REFUSED = 1  # failed for a reason the user can fix; nothing was written
    USAGE = 2  # unknown flag or answer, invalid name
    EXISTS = 3  # the target exists, or the project has uncommitted changes
    UNTRUSTED = 4  # the template wants to run code and is not trusted
    CONFLICTS = 5  # merged, conflicts left
    VIOLATIONS = 6  # check found some
    UNVERIFIED = 7  # the generated project failed its own verification
    NOT_RUN = 8  # a step could not run at all
    BUG = 70  # in scaffold, or in a pack
    INTERRUPTED = 130


def printable(text: str) -> str:
    r"""Show what a terminal would obey: an escape character becomes `\x1b`."""
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


class ScaffoldError(Exception):
    """An error that the user can understand and fix.

    Args:
        message: one line saying what is wrong.
        hint: one line naming what to type or change; may be empty.
        code: the exit code of the command.
    """

    def __init__(self, message: str, hint: str = "", code: Exit = Exit.REFUSED) -> None:
        self.message = printable(message)
        self.hint = printable(hint)
        super().__init__(self.message)
        self.code = code


class UsageError(ScaffoldError):
    """What was typed cannot be understood: exit code 2."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint, Exit.USAGE)


class PackError(ScaffoldError):
    """A fault of a pack: exit code 70.

    Args:
        path: the file at fault.
        message: what is wrong with it.
        hint: what its author can do.
        line: where in the file; 0 where that is not known.
    """

    def __init__(self, path: Path, message: str, hint: str = "", line: int = 0) -> None:
        name = str(path).replace("\n", "\\n")
        where = f"{name}, line {line}" if line else name
        super().__init__(f"{where}: {message}", hint, Exit.BUG)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint for a mistyped word: the closest known word, or all of them."""
    names = sorted(known)
    close = get_close_matches(word, names, 1)
    return f"did you mean {close[0]}?" if close else f"known: {', '.join(names)}"

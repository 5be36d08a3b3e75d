"""The errors that a person sees, and their exit codes."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes: public interface, listed in the README."""

    DONE = 0
    REFUSED = 1  # failed for a reason the person can fix; nothing was written
    USAGE = 2  # unknown flag or answer, invalid name
    EXISTS = 3  # the target exists
    UNTRUSTED = 4  # the template wants to run code and is not trusted
    UNVERIFIED = 7  # the generated project failed its own verification
    NOT_RUN = 8  # a step could not run at all
    BUG = 70  # in scaffold, or in a pack
    INTERRUPTED = 130


class ScaffoldError(Exception):
    """Something went wrong that the person can understand and fix.

    Args:
        message: one line saying what is wrong.
        hint: one line naming what to type or change; may be empty.
        code: the exit code of the command.
    """

    def __init__(self, message: str, hint: str = "", code: Exit = Exit.REFUSED) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code


class UsageError(ScaffoldError):
    """What was typed cannot be understood: exit code 2."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint, Exit.USAGE)

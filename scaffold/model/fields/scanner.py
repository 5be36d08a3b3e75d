"""A place in a text that moves forward."""

import re

from scaffold.model.fields.model import GrammarError

BLANK = re.compile(r"\s*")


class Reader:
    """Takes a text apart from left to right.

    Args:
        text: what is read.
        position: the index of the next character.
    """

    def __init__(self, text: str, position: int = 0) -> None:
        self.text = text
        self.position = min(max(position, 0), len(text))

    def peek(self) -> str:
        """Look at the next character; empty at the end."""
        return self.text[self.position : self.position + 1]

    def take(self, pattern: re.Pattern[str]) -> str:
        """Read what matches here; empty when nothing does."""
        match = pattern.match(self.text, self.position)
        found = match[0] if match else ""
        self.position += len(found)
        return found

    def blank(self) -> None:
        """Skip white space."""
        self.take(BLANK)

    def error(self, message: str, hint: str, at: int | None = None) -> GrammarError:
        """Make an error at a position, by default the current one."""
        return GrammarError(message, self.text, self.position if at is None else at, hint)

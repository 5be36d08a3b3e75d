"""A scanner: a text and a position that moves forward."""

import re

from scaffold.model.fields.model import GrammarError

BLANK = re.compile(r"\s*")


class Scanner:
    """Reads a text from left to right.

    Args:
        text: the text.
        position: the index of the next character.
    """

    def __init__(self, text: str, position: int = 0) -> None:
        self.text = text
        self.position = min(max(position, 0), len(text))

    def peek(self) -> str:
        """Return the next character without moving; empty at the end."""
        return self.text[self.position : self.position + 1]

    def take(self, pattern: re.Pattern[str]) -> str:
        """Return what a pattern matches here and move past it; empty if it does not match."""
        match = pattern.match(self.text, self.position)
        found = match[0] if match else ""
        self.position += len(found)
        return found

    def skip_blanks(self) -> None:
        """Skip white space."""
        self.take(BLANK)

    def error(self, message: str, hint: str, at: int | None = None) -> GrammarError:
        """Return an error at a position, by default the current one."""
        return GrammarError(message, self.text, self.position if at is None else at, hint)

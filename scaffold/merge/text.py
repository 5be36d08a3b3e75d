"""Three-way merge of text by line, and conflict markers."""

import re
from dataclasses import dataclass

from scaffold import git
from scaffold.errors import Exit, ScaffoldError
from scaffold.process import NOT_INSTALLED

YOURS = "yours"
BASE = "last template"
THEIRS = "new template"
OPEN, MIDDLE, SPLIT, CLOSE = "<<<<<<<", "|||||||", "=======", ">>>>>>>"

LINES = r"((?:(?![<|=>]{7}).*\n)*)"  # between two markers
REMOVED = re.compile(
    rf"^{OPEN} {YOURS}\r?\n{LINES}\|{{7}} {BASE}\r?\n{LINES}{SPLIT}\r?\n{CLOSE} {THEIRS}\r?\n",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Merged:
    """A merged text.

    Args:
        text: the text, with markers where it conflicts.
        conflicts: how many places conflict.
    """

    text: str
    conflicts: int = 0


def merge_text(base: str, yours: str, theirs: str) -> Merged:
    """Merge three texts by line, as `git merge-file --diff3` does."""
    if theirs in (base, yours):
        return Merged(yours)
    if base == yours:
        return Merged(theirs)
    return _merge_file(ended(base), ended(yours), ended(theirs))


def conflict(base: str, yours: str, theirs: str) -> Merged:
    """Return three versions between conflict markers."""
    parts = (
        f"{OPEN} {YOURS}\n{ended(yours)}",
        f"{MIDDLE} {BASE}\n{ended(base)}",
        f"{SPLIT}\n{ended(theirs)}",
        f"{CLOSE} {THEIRS}\n",
    )
    return Merged("".join(parts), 1)


def keep_edited(text: str) -> str:
    """Settle the conflicts in which the template removed what the user changed: it stays."""
    return REMOVED.sub(r"\1", text)


def ended(text: str) -> str:
    """Return a text whose last line ends."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def _merge_file(base: str, yours: str, theirs: str) -> Merged:
    contents = [text.encode("utf-8", "surrogateescape") for text in (yours, base, theirs)]
    merged = git.merge_file(contents, (YOURS, BASE, THEIRS))
    if merged.result.code == NOT_INSTALLED:
        raise ScaffoldError(
            "git is not installed; files that you and the template changed cannot be merged",
            "install git",
            Exit.NOT_RUN,
        )
    if merged.result.code not in range(128):
        raise ScaffoldError(f"git merge-file failed: {merged.result.last}")
    return Merged(merged.content.decode("utf-8", "surrogateescape"), merged.result.code)

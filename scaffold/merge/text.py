"""Three-way merge of text by line, and conflict markers."""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from scaffold.errors import Exit, ScaffoldError

YOURS = "yours"
BASE = "last template"
THEIRS = "new template"
OPEN, MIDDLE, SPLIT, CLOSE = "<<<<<<<", "|||||||", "=======", ">>>>>>>"


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


def ended(text: str) -> str:
    """Return a text whose last line ends."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def _merge_file(base: str, yours: str, theirs: str) -> Merged:
    command = ["git", "merge-file", "--stdout", "--quiet", "--diff3"]
    command += [part for label in (YOURS, BASE, THEIRS) for part in ("-L", label)]
    with tempfile.TemporaryDirectory(prefix="scaffold-merge-") as folder:
        for name, text in (("yours", yours), ("base", base), ("theirs", theirs)):
            Path(folder, name).write_bytes(text.encode("utf-8", "surrogateescape"))
            command.append(name)
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        except FileNotFoundError as error:
            raise ScaffoldError(
                "git is not installed; files that you and the template changed cannot be merged",
                "install git",
                Exit.NOT_RUN,
            ) from error
    if done.returncode not in range(128):
        raise ScaffoldError(f"git merge-file failed: {done.stderr.decode(errors='replace')}")
    return Merged(done.stdout.decode("utf-8", "surrogateescape"), done.returncode)

"""Three-way merge of one file: line ends, binary content, executable bit, language."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath

from scaffold.merge import text as by_line
from scaffold.merge.blocks import Language, NotMergeableError, merge_document
from scaffold.merge.text import Merged, merge_text
from scaffold.model.tree import File

BOM = "\ufeff"
SNIFFED = 8000  # bytes in which git looks for a NUL


@dataclass(frozen=True)
class MergedFile:
    """A merged file.

    Args:
        file: the merged file; the user's own where it is binary and conflicts.
        conflicts: how many places conflict.
        binary: whether it conflicts as a whole.
    """

    file: File
    conflicts: int = 0
    binary: bool = False


def merge_file(path: str, base: File, yours: File, theirs: File) -> MergedFile:
    """Merge three versions of a file."""
    executable = theirs.executable if yours.executable == base.executable else yours.executable
    if theirs.content in (base.content, yours.content):
        return MergedFile(File(yours.content, executable))
    if yours.content == base.content:
        return MergedFile(File(theirs.content, executable))
    if any(is_binary(file.content) for file in (base, yours, theirs)):
        return MergedFile(File(yours.content, executable), 1, binary=True)
    merged = _merge_content(path, base.content, yours.content, theirs.content)
    return MergedFile(File(merged[0], executable), merged[1])


def is_binary(content: bytes) -> bool:
    """Return whether content is not text, as git decides it."""
    return b"\0" in content[:SNIFFED]


def same_text(first: File, second: File) -> bool:
    """Return whether two files are the same but for their line ends."""
    if first.content == second.content:
        return True
    if is_binary(first.content) or is_binary(second.content):
        return False
    return _fold(_decode(first.content)) == _fold(_decode(second.content))


def _merge_content(path: str, *versions: bytes) -> tuple[bytes, int]:
    texts = [_decode(content) for content in versions]
    marked = texts[1].startswith(BOM)
    crlf = _is_crlf(texts[1])
    mixed = "\r" in texts[1].replace("\r\n", "" if crlf else "\r\n")
    base, yours, theirs = texts if mixed else [_fold(text) for text in texts]
    merged = _merge_folded(path, base, yours, theirs)
    text = merged.text
    if crlf and not mixed:
        text = text.replace("\n", "\r\n")
    if marked and not mixed:
        text = BOM + text
    return text.encode("utf-8", "surrogateescape"), merged.conflicts


def _merge_folded(path: str, base: str, yours: str, theirs: str) -> Merged:
    language = language_of(path)
    if language is None or yours in (base, theirs) or base == theirs:
        return merge_text(base, yours, theirs)
    base, yours, theirs = (by_line.ended(text) for text in (base, yours, theirs))
    try:
        merged = merge_document(language, base, yours, theirs)
    except (NotMergeableError, RecursionError):
        return _by_text(language, base, yours, theirs)
    if not merged.conflicts and not lost_words(base, yours, theirs, merged.text):
        return merged
    text = _by_text(language, base, yours, theirs)
    return merged if merged.conflicts and text.conflicts else text


def _by_text(language: Language, base: str, yours: str, theirs: str) -> Merged:
    """Merge by line; a result that does not parse, of versions that do, is a conflict."""
    merged = merge_text(base, yours, theirs)
    broken = not merged.conflicts and not language.valid(merged.text)
    if broken and language.valid(yours) and language.valid(theirs):
        return by_line.conflict(base, yours, theirs)
    return merged


def language_of(path: str) -> Language | None:
    """Return the language of a file that is merged by its structure."""
    from scaffold.merge.line_sets import LINE_SET, NAMES
    from scaffold.merge.makefile import MAKEFILE
    from scaffold.merge.python import PYTHON
    from scaffold.merge.toml import TOML

    place = PurePosixPath(path)
    if NAMES.fullmatch(place.name):
        return LINE_SET
    if place.name == "Makefile":
        return MAKEFILE
    return {".py": PYTHON, ".pyi": PYTHON, ".toml": TOML}.get(place.suffix)


def lost_words(base: str, yours: str, theirs: str, merged: str) -> list[str]:
    """Return the words that the user added and a merge does not have."""
    was, mine, new, result = (
        Counter(re.findall(r"\w+", text)) for text in (base, yours, theirs, merged)
    )
    return [
        word
        for word, times in mine.items()
        if times > was[word] and result[word] < times - max(0, was[word] - new[word])
    ]


def _decode(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _fold(text: str) -> str:
    return text.removeprefix(BOM).replace("\r\n", "\n")


def _is_crlf(text: str) -> bool:
    return "\r\n" in text and "\n" not in text.replace("\r\n", "")

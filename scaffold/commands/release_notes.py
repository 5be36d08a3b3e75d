"""The release notes of a pack: `CHANGES.md` beside its `pack.toml`, a heading for each version."""

import re
from dataclasses import dataclass

from scaffold.merge import between
from scaffold.packs.pack import Pack

FILE = "CHANGES.md"
HEADING = re.compile(r"^## v?(\d+(?:\.\d+)*)\b.*$", re.MULTILINE)


@dataclass(frozen=True)
class ReleaseNote:
    """What is new in one version of a pack.

    Args:
        version: the version.
        text: Markdown, without the heading.
    """

    version: str
    text: str


def release_notes(pack: Pack, since: str) -> tuple[ReleaseNote, ...]:
    """Return what is new in a pack after a version, newest first; nothing where it says nothing."""
    place = pack.root / FILE
    if not place.is_file():
        return ()
    _, *parts = HEADING.split(pack.files.read(place).decode("utf-8", "replace"))
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    versions = reversed(between(texts, since, pack.version))
    return tuple(ReleaseNote(version, texts[version].strip()) for version in versions)

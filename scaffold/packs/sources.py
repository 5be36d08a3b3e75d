"""Where packs and templates come from, as users write it: `gh:acme/pack@v1//templates/flask`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit, urlunsplit

from scaffold.errors import UsageError
from scaffold.packs.pack_files import CONTEXT, MANIFEST
from scaffold.packs.user_config import cookiecutter_config, has_cookiecutter_config

ABBREVIATIONS = {
    "gh": "https://github.com/{0}.git",
    "gl": "https://gitlab.com/{0}.git",
    "bb": "https://bitbucket.org/{0}",
}
URL = re.compile(r"(?P<head>(?:git\+)?(?:git|ssh|file|https?)://[^/]*/)", re.IGNORECASE)
SCP = re.compile(r"(?P<head>[\w.-]+@[\w.-]+:)")  # git@host:team/pack.git
PREFIX = re.compile(r"(?P<head>(?P<name>[\w.-]{2,}):)(?!/)")  # two letters: C: is a drive
REV = re.compile(r"[^-\s:^~?*\[\\@{}][^\s:^~?*\[\\@{}]*")
GIT, ZIP, FOLDER = "git", "zip", "folder"
MARKS = (MANIFEST, CONTEXT)  # a folder with one of them is a pack or a template


@dataclass(frozen=True)
class Source:
    """Where a pack or a template comes from.

    Args:
        text: as the user wrote it, without revision and sub-directory.
        place: a git URL, the address or path of a zip file, or the path of a folder.
        kind: one of `GIT`, `ZIP` and `FOLDER`.
        rev: a tag, branch or commit; empty for the newest commit of the main branch.
        directory: the sub-directory; empty for the top.
    """

    text: str
    place: str
    kind: str
    rev: str = ""
    directory: str = ""

    @property
    def public(self) -> str:
        """The place without a password, as it may be written down; empty for a path."""
        if not URL.match(self.place):
            return self.place if self.kind == GIT else ""
        parts = urlsplit(self.place)
        host = parts.netloc.rpartition("@")[2] if parts.scheme.startswith("http") else parts.netloc
        return urlunsplit(parts._replace(netloc=host))

    @property
    def name(self) -> str:
        """The last part of the place: what the pack or template is called."""
        last = PurePosixPath(self.directory).name or re.split(r"[/\\:]", self.place.rstrip("/"))[-1]
        return last.removesuffix(".git").removesuffix(".zip") or "template"

    def __str__(self) -> str:
        """As users write it."""
        rev = f"@{self.rev}" if self.rev else ""
        return f"{self.text}{rev}{f'//{self.directory}' if self.directory else ''}"


@dataclass(frozen=True)
class Origin:
    """Where something came from, as a project records it.

    Args:
        url: the address; never a path of one machine.
        commit: of git, or the digest of a zip file.
        rev: the tag or branch that was asked for.
        directory: the sub-directory.
    """

    url: str
    commit: str
    rev: str = ""
    directory: str = ""

    def as_dict(self) -> dict[str, str]:
        """The parts that are not empty."""
        return {key: value for key, value in vars(self).items() if value}

    def source(self, rev: str) -> Source:
        """Return the source at another revision."""
        return replace(parse_source(self.url), rev=rev, directory=self.directory)

    def __str__(self) -> str:
        """As users write it."""
        rev = f"@{self.rev or self.commit[:12]}"
        return f"{self.url}{rev}{f'//{self.directory}' if self.directory else ''}"


def read_origin(values: Mapping[str, object]) -> Origin | None:
    """Read what a project records; nothing where it names no source."""
    known = {
        key: str(values[key]) for key in ("url", "commit", "rev", "directory") if values.get(key)
    }
    return Origin(**known) if {"url", "commit"} <= set(known) else None


def is_source(text: str) -> bool:
    """Tell a source from the name of a pack or the path of a new project."""
    if is_address(text) or text.lower().endswith(".zip"):
        return True
    return any((Path(text).expanduser() / name).is_file() for name in MARKS)


def is_address(text: str) -> bool:
    """Tell an abbreviation or a URL from a path of this machine."""
    return bool(_is_url(text) or _prefix(text))


def parse_source(text: str, directory: str = "", rev: str = "") -> Source:
    """Read a source.

    Args:
        text: an abbreviation (`gh:`, `gl:`, `bb:`, or one of the user's `~/.cookiecutterrc`), a
            git URL, or the path or address of a zip file or a folder; `@` begins a revision,
            `//` a sub-directory.
        directory: the sub-directory, where it was given apart.
        rev: the revision, where it was given apart.

    Raises:
        UsageError: it is not a source.
    """
    head = next((m["head"] for m in (URL.match(text), SCP.match(text), _prefix(text)) if m), "")
    path, _, sub = text[len(head) :].partition("//")
    if head or not Path(path).exists():
        path, _, found = path.partition("@")
        sub, _, after = sub.partition("@")
    else:
        found = after = ""
    place = expand(f"{head}{path}").removeprefix("git+")
    kind = ZIP if place.lower().endswith(".zip") else GIT if _is_url(place) else FOLDER
    source = Source(
        text=f"{head}{path}",
        place=place if kind != FOLDER else str(Path(place).expanduser().absolute()),
        kind=kind,
        rev=_checked_rev(rev or after or found),
        directory=_checked_directory(directory or sub),
    )
    if kind != GIT and source.rev:
        raise UsageError(
            f"{text} names a revision, but is not a git URL",
            "write the URL of the repository; of one on this machine: file:///path@REVISION",
        )
    if "::" in place or place.startswith("-"):
        raise UsageError(f"{text} is not the address of a repository", "for example gh:owner/name")
    return source


def abbreviations() -> Mapping[str, str]:
    """Return what stands before a colon, with the user's own in `~/.cookiecutterrc`."""
    if not has_cookiecutter_config():
        return ABBREVIATIONS
    own: Mapping[str, str] = cookiecutter_config()["abbreviations"]
    return own


def _prefix(text: str) -> re.Match[str] | None:
    found = PREFIX.match(text)
    return found if found and found["name"] in abbreviations() else None


def expand(place: str) -> str:
    """Write an abbreviation out, as in `gh:acme/pack`; anything else stays."""
    found = _prefix(place)
    return abbreviations()[found["name"]].format(place[found.end() :]) if found else place


def _is_url(place: str) -> bool:
    return bool(URL.match(place) or SCP.match(place))


def _checked_rev(rev: str) -> str:
    if rev and (not REV.fullmatch(rev) or ".." in rev):
        raise UsageError(f"{rev} is not a tag, branch or commit", "for example @v1.2")
    return rev


def _checked_directory(directory: str) -> str:
    path = PurePosixPath(directory)
    if path.is_absolute() or ".." in path.parts or "\\" in directory:
        raise UsageError(
            f"{directory} is not a directory of the source",
            "for example --directory templates/web",
        )
    return str(path) if path.parts else ""

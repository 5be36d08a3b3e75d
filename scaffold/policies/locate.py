"""Where a policy is, and its file: built in, on disk, at an https address, in a repository."""

import posixpath
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from scaffold.errors import ScaffoldError, UsageError
from scaffold.packs.checkout import fetch_files
from scaffold.packs.download import download
from scaffold.packs.sources import GIT, Source, is_source, parse_source
from scaffold.project.state import PolicyRecord

BUILT_IN = Path(__file__).parent / "built_in"
FILE_NAME = "policy.toml"  # of a repository that names no file
SUFFIX = ".toml"
BYTES = 1_000_000
TIMEOUT = 10  # seconds for an https address
PIN = re.compile(r"sha256=(?P<sha256>[0-9a-fA-F]{64})")
EXAMPLE = "for example article, policies/web.toml or gh:acme/policies@v1//web.toml"


@dataclass(frozen=True)
class Found:
    """A policy's file.

    Args:
        source: where it is, as users write it, without a hash.
        content: its bytes.
        commit: of git, or the digest of a zip file.
        inside: the source, where it is part of one that was fetched.
        note: what the user should know about how current it is.
    """

    source: str
    content: bytes
    commit: str = ""
    inside: Source | None = None
    note: str = ""

    @property
    def sha256(self) -> str:
        """The hash of its file."""
        return sha256(self.content).hexdigest()

    @property
    def is_local(self) -> bool:
        """Whether it is a file of this machine alone."""
        known = self.inside or self.source.startswith("https://")
        return not known and self.source not in built_in_policies()

    @property
    def record(self) -> PolicyRecord | None:
        """How a project records it; None for what lies on this machine."""
        if self.source in built_in_policies():
            return PolicyRecord(self.source)  # it comes with scaffold, and changes with it
        if self.inside:
            if not self.inside.public or self.inside.public.startswith("file:"):
                return None
            public = str(replace(self.inside, text=self.inside.public))
            return PolicyRecord(public, self.commit, self.sha256)
        return None if self.is_local else PolicyRecord(self.source, sha256=self.sha256)


def built_in_policies() -> tuple[str, ...]:
    """Return the names of the policies that come with scaffold."""
    return tuple(sorted(path.stem for path in BUILT_IN.glob(f"*{SUFFIX}")))


def locate(text: str, beside: Found | None = None, pinned: PolicyRecord | None = None) -> Found:
    """Find the file of a policy.

    Args:
        text: a built-in name, a path, an https address, or a source such as
            `gh:acme/policies@v3//web.toml`; `#sha256=…` pins it.
        beside: the policy that extends it: a path is from there.
        pinned: what a project recorded of it.

    Raises:
        UsageError: it is none of these, or there is no such file.
        ScaffoldError: it cannot be fetched, or is not the one that was pinned.
    """
    place, _, pin = text.partition("#")
    if not place.strip():
        raise UsageError("the policy has no name", EXAMPLE)
    wanted = _hash(text, pin) or (pinned.sha256 if pinned else "")
    found = _find(place, beside, pinned.commit if pinned else "", wanted)
    if wanted and found.sha256 != wanted:
        raise ScaffoldError(
            f"the policy {place} is not the one that was pinned: its file has another hash",
            "scaffold update records the new one, if it is meant"
            if pinned
            else f"if the new one is meant, write {place}#sha256={found.sha256}",
        )
    return found


def _hash(text: str, pin: str) -> str:
    if not pin:
        return ""
    if found := PIN.fullmatch(pin):
        return found["sha256"].lower()
    raise UsageError(f"{text} does not end in a hash", "write #sha256= and its 64 digits")


def _find(place: str, beside: Found | None, commit: str, wanted: str) -> Found:
    if place in built_in_policies():
        return Found(place, (BUILT_IN / f"{place}{SUFFIX}").read_bytes())
    if place.startswith("file://") and not _is_inside(place):
        return _file(Path(urlsplit(place).path), place, beside)
    if place.startswith(("https://", "http://")) and not _is_inside(place):
        return _address(place, wanted)
    if is_source(place):
        return _inside(parse_source(place), commit)
    return _beside(place, beside, wanted) if beside else _file(_path(place), place, None)


def _beside(path: str, beside: Found, wanted: str) -> Found:
    """Find the policy at a path from the one that extends it."""
    if beside.inside:
        return _inside(_sibling(beside.inside, path), beside.commit)
    if not beside.is_local:
        return _address(urljoin(beside.source, path), wanted)
    return _file(Path(beside.source).parent / _path(path), path, beside)


def _path(text: str) -> Path:
    return Path(text).expanduser()


def _is_inside(address: str) -> bool:
    """Tell the address of a repository or zip file from that of a policy's own file."""
    return "//" in address.partition("://")[2] or not address.endswith(SUFFIX)


def _file(path: Path, text: str, beside: Found | None) -> Found:
    if beside and not beside.is_local:
        raise UsageError(
            f"{beside.source} extends {text}, a file of one machine",
            "give the policy that it extends an address, too",
        )
    try:
        return Found(str(path.absolute()), path.read_bytes()[: BYTES + 1])
    except FileNotFoundError:
        names = ", ".join(built_in_policies())
        raise UsageError(f"there is no policy {text}", f"{EXAMPLE}; built in: {names}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"the policy {text} cannot be read: {reason}") from None


def _sibling(source: Source, path: str) -> Source:
    """Return the source of a file beside another one."""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(source.directory), path))
    if joined.startswith(("..", "/")):
        raise UsageError(
            f"{path} leads out of {source.text}", "name the address of the other repository"
        )
    return replace(source, directory=joined)


def _inside(source: Source, commit: str) -> Found:
    """Return a policy of a repository, a zip file or a folder."""
    source = replace(source, directory=source.directory or FILE_NAME)
    at = replace(source, rev=commit) if commit and source.kind == GIT else source
    checkout = fetch_files(at)
    path = checkout.folder
    within = path.resolve().is_relative_to(checkout.root.resolve())
    if not within or not path.is_file():
        held = sorted(file.relative_to(checkout.root) for file in checkout.root.rglob("*.toml"))
        names = ", ".join(map(str, held[:5]))
        raise UsageError(
            f"there is no policy in {source}: it has no file {source.directory}",
            f"it has {names}" if held else "",
        )
    content = path.read_bytes()[: BYTES + 1]
    return Found(str(source), content, checkout.commit, source, checkout.note)


def _address(address: str, wanted: str) -> Found:
    """Return a policy at an https address; the one fetched last where that cannot be reached."""
    if not address.startswith("https://"):
        raise UsageError(f"{address} is not safe: it can be changed on its way", "use https")
    last = _kept(address)
    if wanted and (kept := _read(last)) and sha256(kept).hexdigest() == wanted:
        return Found(address, kept)
    try:
        content = download(address, BYTES + 1, TIMEOUT)
    except (OSError, ValueError) as error:
        if kept := _read(last):
            note = f"{address} cannot be fetched: {error}; what was fetched before is used"
            return Found(address, kept, note=note)
        raise ScaffoldError(
            f"the policy {address} cannot be fetched: {error}", "download it and name the file"
        ) from None
    with suppress(OSError):
        last.parent.mkdir(parents=True, exist_ok=True)
        last.write_bytes(content)
    return Found(address, content)


def _kept(address: str) -> Path:
    from platformdirs import user_cache_path

    name = sha256(address.encode()).hexdigest()[:24]
    return user_cache_path("scaffold") / "policies" / f"{name}{SUFFIX}"


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""

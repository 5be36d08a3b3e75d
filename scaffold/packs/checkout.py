"""Sources on this machine: fetched by the user's own git, kept by commit, offline afterwards."""

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from scaffold import git
from scaffold.errors import ScaffoldError, UsageError, did_you_mean
from scaffold.packs.archive import ZIP_BYTES, unpack
from scaffold.packs.download import download
from scaffold.packs.pack_files import MANIFEST, MIB
from scaffold.packs.remote import SETTINGS, TIMEOUT, alone_in, beside, run_network, unreachable
from scaffold.packs.sources import FOLDER, GIT, MARKS, ZIP, Origin, Source

COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
REFS = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")


@dataclass(frozen=True)
class Checkout:
    """The files of a source on this machine.

    Args:
        source: where they come from.
        root: the folder that no link may lead out of.
        commit: the commit, or the digest of a zip file; empty for a folder.
        note: what the user should know about how current they are.
    """

    source: Source
    root: Path
    commit: str = ""
    note: str = ""

    @property
    def folder(self) -> Path:
        """The folder of the pack or template itself."""
        return self.root / self.source.directory

    @property
    def origin(self) -> Origin | None:
        """Where it came from, as a project records it; nothing for what lies on this machine."""
        source = self.source
        if not source.public:
            return None
        return Origin(source.public, self.commit, source.rev, source.directory)


def is_pack(checkout: Checkout) -> bool:
    """Tell a pack from a cookiecutter template, which has no `pack.toml`."""
    return (checkout.folder / MANIFEST).is_file()


@cache
def fetch(source: Source) -> Checkout:
    """Bring a source onto this machine, once a run.

    A commit or tag that was fetched before is not asked for again; of a branch, the newest
    commit is, and the one before serves where that fails.

    Raises:
        ScaffoldError: it cannot be fetched.
        UsageError: it has no such revision or sub-directory.
    """
    found = fetch_files(source)
    _check_directory(found)
    return found


def fetch_files(source: Source) -> Checkout:
    """Bring a source onto this machine, whatever it holds; see `fetch`.

    Raises:
        ScaffoldError: it cannot be fetched.
        UsageError: it has no such revision.
    """
    if source.kind == GIT:
        return _git(source)
    return _zip(source) if source.kind == ZIP else Checkout(source, Path(source.place))


def fetched(source: Source) -> Checkout | None:
    """Return what was fetched before, without the network; nothing where it never was."""
    if source.kind == FOLDER:
        return Checkout(source, Path(source.place))
    place = _place(source)
    if source.kind == ZIP:
        folders = sorted((place / "files").glob("*"), key=lambda path: path.stat().st_mtime)
        return Checkout(source, folders[-1], folders[-1].name) if folders else None
    commit = _commit(place / "git", source.rev) if (place / "git").is_dir() else ""
    return _checked_out(source, commit) if commit else None


def versions(source: Source) -> list[str]:
    """Return the tags of a repository that was fetched, the newest version first."""
    repository = _place(source) / "git"
    if source.kind != GIT or not repository.is_dir():
        return []
    done = git.run(repository, "tag", "--list", "--sort=-version:refname")
    return done.output.split() if done.ok else []


def newest(source: Source) -> Source:
    """Return a source at its newest revision: for a tag the highest version, else the same branch.

    Raises:
        ScaffoldError: it cannot be fetched.
    """
    if source.kind != GIT:
        return source
    repository = _place(source) / "git"
    _refresh(source)
    tags = [tag for tag in versions(source) if re.search(r"\d", tag)]
    tagged = source.rev and git.run(repository, *_resolve(f"refs/tags/{source.rev}")).ok
    final = [tag for tag in tags if not re.search(r"\d(a|b|rc|\.?dev|-)", tag)]
    if tagged and tags:
        return replace(source, rev=(final or tags)[0])
    return replace(source, rev="") if COMMIT.fullmatch(source.rev) else source


def _git(source: Source) -> Checkout:
    repository = _place(source) / "git"
    commit = _commit(repository, source.rev) if repository.is_dir() else ""
    note = ""
    if not (commit and _pinned(repository, source.rev)):
        try:
            _refresh(source)
        except ScaffoldError as error:
            if not commit:
                raise
            note = f"{error.message}; what was fetched before is used"
        commit = _commit(repository, source.rev) or _single(repository, source.rev)
    if not commit:
        names = git.run(repository, "for-each-ref", "--format=%(refname:lstrip=2)").output.split()
        raise UsageError(
            f"{source.public} has no tag, branch or commit {source.rev or 'at all'}",
            did_you_mean(source.rev, names[:200]),
        )
    return replace(_checked_out(source, commit), note=note)


def _refresh(source: Source) -> None:
    """Clone a repository, or fetch what is new in it."""
    place = _place(source)
    with alone_in(place):
        repository = place / "git"
        if repository.is_dir():
            done = run_network(
                repository, "fetch", "--quiet", "--prune", "--force", "origin", *REFS
            )
            if done.ok and _commit(repository, ""):
                return
            if not done.ok:
                raise unreachable(source, done)
            shutil.rmtree(repository, ignore_errors=True)  # its main branch has another name now
        with beside(repository) as draft:
            done = run_network(place, "clone", "--quiet", "--bare", "--", source.place, str(draft))
            if not done.ok:
                raise unreachable(source, done)


def _commit(repository: Path, rev: str) -> str:
    """Return the commit of a revision, or an empty text."""
    done = git.run(repository, *_resolve(rev or "HEAD"))
    return done.output.strip() if done.ok else ""


def _resolve(rev: str) -> tuple[str, ...]:
    return ("rev-parse", "--verify", "--quiet", f"{rev}^{{commit}}")


def _pinned(repository: Path, rev: str) -> bool:
    """Tell whether a revision means the same for ever: a tag or a commit."""
    if (
        re.fullmatch(r"[0-9a-f]{7,}", rev)
        and not git.run(repository, *_resolve(f"refs/heads/{rev}")).ok
    ):
        return True
    return bool(rev) and git.run(repository, *_resolve(f"refs/tags/{rev}")).ok


def _single(repository: Path, rev: str) -> str:
    """Fetch a commit that is on no branch; return it, or an empty text."""
    if not COMMIT.fullmatch(rev):
        return ""
    run_network(repository, "fetch", "--quiet", "origin", rev)
    return _commit(repository, rev)


def _checked_out(source: Source, commit: str) -> Checkout:
    """Return the files of a commit: a clone, since templates may ask git about themselves."""
    place = _place(source)
    folder = place / "files" / commit
    if not folder.is_dir():
        with beside(folder) as draft:
            steps = (
                (
                    "clone",
                    "--quiet",
                    "--shared",
                    "--no-checkout",
                    "--",
                    str(place / "git"),
                    str(draft),
                ),
                ("-C", str(draft), "checkout", "--quiet", "--detach", commit),
            )
            for step in steps:
                done = git.run(place, *step, settings=SETTINGS, timeout=TIMEOUT)
                if not done.ok:
                    raise ScaffoldError(f"{source.public} cannot be checked out: {done.last}")
    return Checkout(source, folder, commit)


def _zip(source: Source) -> Checkout:
    try:
        content = _zip_content(source)
    except (OSError, ValueError) as error:
        if source.public and (before := fetched(source)):
            return replace(before, note=f"{source.public} cannot be fetched: {error}")
        reason = getattr(error, "strerror", None) or error
        raise ScaffoldError(f"{source.text} cannot be read: {reason}") from None
    if len(content) > ZIP_BYTES:
        raise ScaffoldError(f"{source.text} is larger than {ZIP_BYTES // MIB} MiB")
    digest = sha256(content).hexdigest()
    folder = _place(source) / "files" / digest
    if not folder.is_dir():
        with beside(folder) as draft:
            draft.mkdir()
            unpack(content, draft, source.text)
    os.utime(folder)
    return Checkout(source, folder, digest)


def _zip_content(source: Source) -> bytes:
    if not source.public:
        with Path(source.place).expanduser().open("rb") as stream:
            return stream.read(ZIP_BYTES + 1)
    if not source.place.startswith("https://"):
        raise UsageError(
            f"{source.text} is not an https address: on its way, anyone could change what is in it",
            "name its https address, or download it and name the file",
        )
    return download(source.place, ZIP_BYTES + 1, timeout=60)


def _check_directory(found: Checkout) -> None:
    """Refuse a sub-directory that is not there, or a folder that is neither pack nor template."""
    folder, root = found.folder, found.root
    inside = Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root))
    if inside and any((folder / name).is_file() for name in MARKS):
        return
    held = {
        path.parent.relative_to(root).as_posix()
        for name in MARKS
        for depth in ("*", "*/*", "*/*/*")
        for path in root.glob(f"{depth}/{name}")
    }
    where = f"{found.source.text}//{found.source.directory}".removesuffix("//")
    raise UsageError(
        f"there is no pack or template in {where}: it has neither {' nor '.join(MARKS)}",
        f"name a directory that has: --directory {sorted(held)[0]}" if held else "",
    )


def _place(source: Source) -> Path:
    """Return the folder of everything that was fetched from a place; make it."""
    from platformdirs import user_cache_path

    name = sha256(source.place.encode()).hexdigest()[:24]
    place = user_cache_path("scaffold") / "sources" / name
    with suppress(OSError):
        (place / "files").mkdir(parents=True, exist_ok=True)
    return place

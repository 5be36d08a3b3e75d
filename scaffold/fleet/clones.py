"""The repositories of a fleet on this machine: clones in the cache, folders, their work trees.

Nothing here touches the files of a folder that somebody works in: whatever is changed is changed
in a work tree of git's in the cache directory.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from scaffold import git
from scaffold.errors import ScaffoldError, UsageError, did_you_mean
from scaffold.file_lock import locked
from scaffold.fleet.fleet_file import Repository
from scaffold.packs.remote import SETTINGS, TIMEOUT, alone_in, beside, run_network, unreachable
from scaffold.packs.sources import GIT, Source
from scaffold.process import ProcessResult

REFS = ("+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*")
NO_HOOKS = f"core.hooksPath={os.devnull}"  # they are for whoever works in the folder


@dataclass(frozen=True)
class Clone:
    """A repository on this machine.

    Args:
        folder: where git finds it.
        start: the commit that counts.
        prefix: where the project is in it; empty at its top.
        note: what the user should know about how current it is.
    """

    folder: Path
    start: str
    prefix: str = ""
    note: str = ""

    def run(self, *arguments: str) -> ProcessResult:
        """Run git in it, without its hooks."""
        return git.run(self.folder, *arguments, settings=(NO_HOOKS,), timeout=TIMEOUT)

    def is_ahead(self, ref: str) -> bool:
        """Return whether a branch exists, with commits that the start has not."""
        known = self.run("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").ok
        return known and not self.run("merge-base", "--is-ancestor", ref, self.start).ok


def find_clone(repository: Repository, *, offline: bool) -> Clone:
    """Bring a repository onto this machine, with all its branches; of a folder, take it as it is.

    Args:
        repository: the repository.
        offline: use what was fetched before.

    Raises:
        ScaffoldError: it cannot be fetched, or has no commit.
    """
    source = repository.source
    if source.kind != GIT:
        return _of_folder(folder_of(source))
    folder = _cache(source.place) / "clone"
    note = "" if offline else _refresh(source, folder)
    if not folder.is_dir():
        raise ScaffoldError(
            f"{source.public} was never fetched", "run the same once without --offline"
        )
    start = _start(source, folder)
    return Clone(folder, start, source.directory, note)


def folder_of(source: Source) -> Path:
    """Return the folder that a source names.

    Raises:
        ScaffoldError: it is not there.
    """
    folder = Path(source.place)
    if not folder.is_dir():
        raise ScaffoldError(f"there is no directory {source}", "correct its source")
    return folder


@contextmanager
def work_tree(clone: Clone, place: Path) -> Iterator[Path]:
    """Check a repository out in a place of its own.

    It goes away at the end, unless a branch was made the current one in it.

    Yields:
        The directory of the project.

    Raises:
        ScaffoldError: git cannot check it out, or there is no such directory in it.
    """
    remove_work_tree(clone, place)
    try:
        done = clone.run("worktree", "add", "--quiet", "--detach", str(place), clone.start)
        if not done.ok:
            raise ScaffoldError(f"the files of {clone.folder} cannot be checked out: {done.last}")
        if not (place / clone.prefix).is_dir():
            raise UsageError(f"there is no directory {clone.prefix} in the repository")
        yield place / clone.prefix
    finally:
        if not branch_of(place):
            remove_work_tree(clone, place)


def branch_of(place: Path) -> str:
    """Return the branch of a work tree; empty where it has none, or is none."""
    done = git.run(place, "symbolic-ref", "--quiet", "--short", "HEAD") if place.is_dir() else None
    return done.output.strip() if done and done.ok else ""


def remove_work_tree(clone: Clone, place: Path) -> None:
    """Remove a work tree; what is not committed in it is lost."""
    clone.run("worktree", "remove", "--force", "--force", str(place))
    shutil.rmtree(place, ignore_errors=True)
    clone.run("worktree", "prune")


@contextmanager
def place_of(repository: Repository, purpose: str) -> Iterator[Path]:
    """Reserve the place of a repository's work tree for one command.

    Raises:
        ScaffoldError: another command has it.
    """
    source = repository.source
    name = sha256(f"{source.rev}\0{source.directory}".encode()).hexdigest()[:8]
    place = _cache(source.place) / f"{purpose}-{name}" / source.name
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with locked(place.with_name("lock")):
            yield place
    except BlockingIOError:
        raise ScaffoldError(
            f"another scaffold command is at work on {repository.name}",
            "wait for it, then try again",
        ) from None


def _cache(place: str) -> Path:
    from platformdirs import user_cache_path

    folder = user_cache_path("scaffold") / "fleet" / sha256(place.encode()).hexdigest()[:24]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _of_folder(folder: Path) -> Clone:
    root = git.work_tree_of(folder)
    if root is None:
        raise ScaffoldError(f"{folder} is in no git repository", "git init there, and commit")
    start = git.run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if not start.ok:
        raise ScaffoldError(f"{root} has no commit", "commit what is there")
    prefix = git.run(folder, "rev-parse", "--show-prefix").output.strip().rstrip("/")
    dirty = git.run(folder, "status", "--porcelain", "--untracked-files=no", "--", ".")
    note = "changes that are not committed there are left out" if dirty.output.strip() else ""
    return Clone(root, start.output.strip(), prefix, note)


def _refresh(source: Source, folder: Path) -> str:
    """Clone a repository, or fetch what is new; return what the user should know about it."""
    with alone_in(folder.parent):
        if folder.is_dir():
            done = run_network(folder, "fetch", "--quiet", "--prune", "--force", "origin", *REFS)
            if done.ok:
                run_network(folder, "remote", "set-head", "origin", "--auto")
                return ""
            return f"{unreachable(source, done).message}; what was fetched before is used"
        with beside(folder) as draft:
            words = ("clone", "--quiet", "--no-checkout", "--", source.place, str(draft))
            done = run_network(folder.parent, *words)
            if not done.ok:
                raise unreachable(source, done)
            for setting in SETTINGS:  # for everything that is checked out of it
                git.run(draft, "config", *setting.split("=", 1))
    return ""


def _start(source: Source, folder: Path) -> str:
    """Return the commit of a branch, tag or commit, or of the main branch.

    Raises:
        UsageError: there is none.
    """
    for ref in (f"refs/remotes/origin/{source.rev or 'HEAD'}", source.rev):
        done = git.run(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        if ref and done.ok:
            return done.output.strip()
    if not source.rev:
        raise ScaffoldError(f"{source.public} has no commit on its main branch", "commit there")
    listed = git.run(folder, "for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes/origin")
    raise UsageError(
        f"{source.public} has no branch, tag or commit {source.rev}",
        did_you_mean(source.rev, listed.output.split()[:200]),
    )

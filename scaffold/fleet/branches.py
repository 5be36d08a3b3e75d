"""The branches that updates are committed to."""

import os
from pathlib import Path

from scaffold import git
from scaffold.errors import ScaffoldError
from scaffold.fleet.clones import NO_HOOKS, Clone
from scaffold.process import ProcessResult

REMOTE = "origin"
# Nothing that the user ignores in every repository is left out.
SETTINGS = (NO_HOOKS, f"core.excludesFile={os.devnull}")
NO_IDENTITY = ("Please tell me who you are", "empty ident")
IDENTIFY = 'git config --global user.name "…" && git config --global user.email "…"'


def is_open(clone: Clone, branch: str) -> bool:
    """Return whether there is a branch, here or on the remote, that is not merged yet."""
    return any(clone.is_ahead(ref) for ref in (_local(branch), _remote(branch)))


def is_on_remote(clone: Clone, branch: str) -> bool:
    """Return whether the remote has a branch, with all its commits."""
    theirs = clone.run("rev-parse", "--verify", "--quiet", _remote(branch))
    mine = clone.run("rev-parse", "--verify", "--quiet", _local(branch))
    return theirs.ok and (not mine.ok or mine.output == theirs.output)


def attach(clone: Clone, place: Path, branch: str) -> None:
    """Leave a work tree as it is, with a branch to commit to.

    Raises:
        ScaffoldError: the branch is checked out elsewhere.
    """
    _point(clone, branch, clone.start)
    git.run(place, "symbolic-ref", "HEAD", _local(branch))


def commit(clone: Clone, place: Path, branch: str, message: str) -> None:
    """Commit everything in a work tree to a branch.

    Raises:
        ScaffoldError: git does not know who the user is, or refuses.
    """
    for words in (("add", "--all"), ("commit", "--quiet", "-m", message)):
        done = git.run(place, *words, settings=SETTINGS)
        if any(sentence in done.output for sentence in NO_IDENTITY):
            raise ScaffoldError("git does not know who you are", IDENTIFY)
        if not done.ok:
            raise ScaffoldError(f"git {words[0]} failed: {done.last}")
    _point(clone, branch, git.run(place, "rev-parse", "HEAD").output.strip())


def push(clone: Clone, branch: str) -> ProcessResult:
    """Push a branch; nothing on the remote is overwritten."""
    return clone.run("push", "--quiet", REMOTE, f"{_local(branch)}:{_local(branch)}")


def unmerged(place: Path) -> tuple[str, ...]:
    """Return the files of a work tree whose conflicts are not resolved."""
    done = git.run(place, "diff", "--name-only", "--diff-filter=U", "-z")
    return tuple(filter(None, done.output.split("\0")))


def _point(clone: Clone, branch: str, start: str) -> None:
    done = clone.run("branch", "--quiet", "--no-track", "--force", branch, start)
    if not done.ok:
        raise ScaffoldError(f"the branch {branch} cannot be made: {done.last}")


def _local(branch: str) -> str:
    return f"refs/heads/{branch}"


def _remote(branch: str) -> str:
    return f"refs/remotes/{REMOTE}/{branch}"

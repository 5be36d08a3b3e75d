"""What is fetched by the user's own git: the network, its errors, all or nothing."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from scaffold import git
from scaffold.errors import ScaffoldError
from scaffold.file_lock import locked
from scaffold.packs.sources import Source
from scaffold.process import NOT_INSTALLED, ProcessResult

TIMEOUT = 600  # seconds: enough to clone a large repository
UNTOLD = "Could not read from remote repository."
# The same bytes on every machine; and no helper program that an address names.
SETTINGS = ("core.autocrlf=false", "core.eol=lf", "protocol.ext.allow=never")


def run_network(folder: Path, *arguments: str) -> ProcessResult:
    """Run a git command that may use the network."""
    return git.run(folder, *arguments, settings=SETTINGS, timeout=TIMEOUT)


def unreachable(source: Source, done: ProcessResult) -> ScaffoldError:
    """Return the error for a source that git could not fetch."""
    if done.code == NOT_INSTALLED:
        return ScaffoldError("git is not installed, and a source is fetched with it")
    said = [line.strip() for line in done.output.splitlines()]
    at = next((n for n, line in enumerate(said) if line.startswith(("fatal:", "error:"))), None)
    reason = done.last if at is None else said[at].partition(": ")[2]
    if at and reason == UNTOLD:  # ssh has told why
        reason = said[at - 1]
    return ScaffoldError(
        f"{source.public} cannot be fetched: {reason.replace(source.place, source.public)}",
        f"git must be able to read it by itself: git ls-remote {source.public}",
    )


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A path that becomes the target in one rename; whoever comes first wins."""
    draft = target.with_name(f".{target.name}-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        yield draft
        with suppress(FileExistsError, OSError):
            draft.rename(target)
        if not target.is_dir():
            raise ScaffoldError(
                f"{target.parent} cannot be written to", "check the cache directory"
            )
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other command fetches into a folder, and keep others from it.

    Raises:
        ScaffoldError: the folder cannot be written to, or the other one takes too long.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder / "lock", wait=TIMEOUT))
        except OSError as error:
            raise ScaffoldError(
                f"{folder} cannot be written to: {error.strerror}", "check the cache directory"
            ) from None
        yield

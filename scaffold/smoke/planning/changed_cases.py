"""Find the cases that render differently than at an earlier revision of their pack."""

import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scaffold import git
from scaffold.errors import Exit, ScaffoldError
from scaffold.model.tree import Tree
from scaffold.packs.pack import Pack, read_pack
from scaffold.rendering.render import render_unchecked
from scaffold.smoke.config_loader import FILE_NAME
from scaffold.smoke.results import Case


def changed_cases(cases: Sequence[Case], pack: Pack, base: str) -> list[Case]:
    """Return the cases whose files differ from those that the pack rendered at a git revision.

    Returns all cases if the steps differ, or if the revision does not have the pack.

    Raises:
        ScaffoldError: the pack is not in a git repository, or there is no such revision.
    """
    with _pack_at(pack, base) as before:
        if before is None or _steps(before) != _steps(pack):
            return list(cases)
        return [case for case in cases if _rendered(case, before) != _rendered(case, pack)]


def _rendered(case: Case, pack: Pack) -> Tree | None:
    """Render a case; return nothing if the pack cannot."""
    try:
        return render_unchecked(case.recipe, pack)
    except ScaffoldError:
        return None


def _steps(pack: Pack) -> bytes:
    path = pack.root / FILE_NAME
    return path.read_bytes() if path.exists() else b""


@contextmanager
def _pack_at(pack: Pack, base: str) -> Iterator[Pack | None]:
    """Check out the pack, and the shared folder beside it, as they were at a revision."""
    root, beside = pack.root.resolve(), (pack.root.parent / "shared").resolve()
    top = Path(_git(root, "rev-parse", "--show-toplevel")).resolve()
    commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{base}^{{commit}}")
    inside = root.relative_to(top).as_posix()
    parts = [
        path.relative_to(top).as_posix() for path in (root, beside) if path.is_relative_to(top)
    ]
    if inside != ".":
        listed = _git(top, "ls-tree", "-d", "--name-only", commit, "--", *parts).split("\n")
        parts = [path for path in parts if path in listed]
    with TemporaryDirectory(prefix="scaffold-") as folder:
        if inside not in parts:
            yield None
            return
        archive = Path(folder, "pack.tar")
        _git(top, "archive", "--format=tar", f"--output={archive}", commit, "--", *parts)
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        try:
            before = read_pack(Path(folder, inside).resolve())
        except ScaffoldError:  # the old pack could not be read: everything counts as changed
            before = None
        yield before


def _git(folder: Path, *words: str) -> str:
    done = git.run(folder, *words)
    if not done.ok:
        raise ScaffoldError(
            f"git {words[0]} failed: {done.last}",
            "--changed needs a pack in a git repository and one of its revisions",
            Exit.USAGE,
        )
    return done.output.strip()

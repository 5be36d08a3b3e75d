"""Which recipes render otherwise than they did at an earlier version of their pack."""

import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scaffold import process as programs
from scaffold.errors import Exit, ScaffoldError
from scaffold.model.tree import Tree
from scaffold.packs.pack import Pack, read
from scaffold.rendering.render import draw
from scaffold.smoke.config_loader import NAME
from scaffold.smoke.results import Case


def changed(cases: Sequence[Case], pack: Pack, base: str) -> list[Case]:
    """The cases whose files differ from what the pack rendered at a git revision.

    All of them where the steps themselves differ, or where there was no such pack.

    Raises:
        ScaffoldError: the pack is in no git repository, or there is no such revision.
    """
    with _pack_at(pack, base) as before:
        if before is None or _steps(before) != _steps(pack):
            return list(cases)
        return [case for case in cases if _drawn(case, before) != _drawn(case, pack)]


def _drawn(case: Case, pack: Pack) -> Tree | None:
    """What a pack makes of a recipe; nothing where it cannot."""
    try:
        return draw(case.recipe, pack)
    except ScaffoldError:
        return None


def _steps(pack: Pack) -> bytes:
    path = pack.root / NAME
    return path.read_bytes() if path.exists() else b""


@contextmanager
def _pack_at(pack: Pack, base: str) -> Iterator[Pack | None]:
    """The pack as it was at a revision, with the shared features beside it."""
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
            before = read(Path(folder, inside).resolve())
        except ScaffoldError:  # it could not be read then: all that it renders now is new
            before = None
        yield before


def _git(folder: Path, *words: str) -> str:
    done = programs.run(["git", *words], folder, patience=60)
    if not done.ok:
        raise ScaffoldError(f"git {words[0]} failed: {done.last}",
                            "--changed needs a pack in a git repository and a revision of it",
                            Exit.USAGE)  # fmt: skip
    return done.output.strip()

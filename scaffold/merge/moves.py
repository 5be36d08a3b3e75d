"""Files of the template that the user moved."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath

from scaffold.merge.file import is_binary
from scaffold.model.tree import File, Tree

SIMILAR = 0.5  # git's threshold
SIZES = 4  # how many times as large a file may be that is compared


def find_moves(
    base: Tree, yours: Tree, taken: Collection[str], known: Mapping[str, str]
) -> dict[str, str]:
    """Return where the user moved files of the template, by path in the template.

    A move is a file of the base that is gone and one that is new and similar: a file the user
    copied from one that is still there is the user's own.

    Args:
        base: what the template gave last.
        yours: the project.
        taken: paths that are the template's now.
        known: the moves recorded earlier.
    """
    moves = {old: new for old, new in known.items() if new in yours and old not in yours}
    gone = [path for path in base if path not in yours and path not in moves]
    others = {*base, *taken, *moves.values()}
    added = [path for path in yours if path not in others]
    moves |= _match(base, yours, gone, added)
    left = [path for path in gone if path not in moves]  # too short to be told by their content
    followed = follow_directories(left, yours, moves)
    return moves | {old: new for old, new in followed.items() if new in added}


def _match(
    base: Tree, yours: Tree, gone: Collection[str], added: Collection[str]
) -> dict[str, str]:
    scores = sorted(_scores(base, yours, gone, added), reverse=True)
    best = Counter((score, old) for score, old, _ in scores)
    moves: dict[str, str] = {}
    taken: set[str] = set()
    for score, old, new in scores:
        if old in moves or new in taken or best[score, old] > 1:
            continue
        moves[old] = new
        taken.add(new)
    return moves


def _scores(
    base: Tree, yours: Tree, gone: Collection[str], added: Collection[str]
) -> Iterator[tuple[tuple[float, int, int], str, str]]:
    """Yield how similar files are: by content, then by the parts of the path they share."""
    lines = cache(_lines)
    for old in gone:
        for new in added:
            was, now = base[old].content, yours[new].content
            if not was.strip() or min(len(was), len(now)) * SIZES < max(len(was), len(now)):
                continue
            score = 1.0 if was == now else similarity(lines(was), lines(now))
            if score >= SIMILAR:
                same_name = PurePosixPath(old).name == PurePosixPath(new).name
                yield (score, int(same_name), _shared_parts(old, new)), old, new


def similarity(first: Counter[bytes], second: Counter[bytes]) -> float:
    """Return the share of lines that two files have in common."""
    total, least = first.total() + second.total(), min(first.total(), second.total())
    if not total or 2 * least / total < SIMILAR:
        return 0.0
    return 2 * (first & second).total() / total


def _lines(content: bytes) -> Counter[bytes]:
    """Return the lines of a text, without indentation; of binary content none."""
    if is_binary(content):
        return Counter()
    return Counter(line.strip() for line in content.splitlines() if line.strip())


def _shared_parts(first: str, second: str) -> int:
    return len(set(first.split("/")) & set(second.split("/")))


def follow_directories(
    added: Collection[str], yours: Tree, moves: Mapping[str, str]
) -> dict[str, str]:
    """Return where new files of the template go whose directory the user moved as a whole."""
    renamed = {
        old: new for old, new in directory_moves(moves).items() if not _is_directory(yours, old)
    }
    followed: dict[str, str] = {}
    for path in added:
        for parent in map(str, PurePosixPath(path).parents):
            if parent in renamed:
                followed[path] = f"{renamed[parent]}{path.removeprefix(parent)}"
                break
    return followed


def directory_moves(moves: Mapping[str, str]) -> dict[str, str]:
    """Return the directories whose moved files all went to one other directory."""
    targets: dict[str, set[str]] = {}
    for old, new in moves.items():
        before, after = PurePosixPath(old), PurePosixPath(new)
        while before.name == after.name and before.parent != before:
            before, after = before.parent, after.parent
            if str(before) == "." or str(after) == ".":
                break
            targets.setdefault(str(before), set()).add(str(after))
    return {old: next(iter(new)) for old, new in targets.items() if len(new) == 1 and new != {old}}


def rename_modules(tree: Tree, moves: Mapping[str, str]) -> Tree:
    """Name the modules of a render as the project does, where the user moved their files.

    Args:
        tree: a render.
        moves: where the project has files, by path in the template.
    """
    names = {
        module_of(old): module_of(new)
        for old, new in {**directory_moves(moves), **moves}.items()
        if module_of(old) and module_of(new)
    }
    if not names:
        return tree
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w./-])({known})(?![\w/-])".encode())
    table = {old.encode(): new.encode() for old, new in names.items()}
    return Tree(
        {
            path: File(pattern.sub(lambda hit: table[hit[1]], file.content), file.executable)
            if path.endswith((".py", ".toml"))
            else file
            for path, file in tree.items()
        }
    )


def module_of(path: str) -> str:
    """Return the dotted name of a module or a package below another; of other paths nothing."""
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    is_module = path.endswith(".py") or "." not in parts[-1]
    return (
        ".".join(parts)
        if is_module and len(parts) > 1 and all(map(str.isidentifier, parts))
        else ""
    )


def _is_directory(tree: Tree, path: str) -> bool:
    return any(name.startswith(f"{path}/") for name in tree)

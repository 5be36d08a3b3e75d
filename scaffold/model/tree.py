"""A project in memory: path → bytes and executable bit; knows no disk and no template."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from scaffold.errors import Exit, ScaffoldError


@dataclass(frozen=True)
class File:
    """The content of one file and whether it may be executed."""

    content: bytes
    executable: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of the content, in hexadecimal."""
        return sha256(self.content).hexdigest()


class Tree(Mapping[str, File]):
    """An immutable mapping of relative POSIX paths to files, in sorted order."""

    def __init__(self, files: Mapping[str, File]) -> None:
        self._files = dict(sorted(files.items()))

    def __getitem__(self, path: str) -> File:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tree) and self._files == other._files

    __hash__ = None  # type: ignore[assignment]  # equal by content, like a dict

    def __repr__(self) -> str:
        return f"Tree({len(self)} files)"


def merge_trees(layers: Iterable[tuple[str, Tree]]) -> Tree:
    """Unite the trees of named layers into one.

    Raises:
        ScaffoldError: two layers write the same path; the message names both.
    """
    files: dict[str, File] = {}
    owners: dict[str, str] = {}
    for layer, tree in layers:
        for path, file in tree.items():
            if path in owners:
                raise ScaffoldError(
                    f"{path} is written by two layers: {owners[path]} and {layer}",
                    "a file belongs to one layer; use a slot, or a joint where two features meet",
                    Exit.BUG,
                )
            owners[path] = layer
            files[path] = file
    return Tree(files)

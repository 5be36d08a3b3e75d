"""The files of a pack, read as data: regular files only, within the pack, of a bearable size."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scaffold.errors import PackError

MIB = 1024 * 1024
MANIFEST_BYTES = MIB
TEMPLATE_BYTES = 10 * MIB
FILE_BYTES = 50 * MIB
MANIFEST, CONTEXT = "pack.toml", "cookiecutter.json"
ENTRIES = 20_000  # files and folders of one layer


@dataclass(frozen=True)
class PackFiles:
    """Where the files of a pack may be.

    Args:
        roots: the folder of the pack, and the `shared` folder beside it.
    """

    roots: tuple[Path, ...]

    def read(self, path: Path, limit: int = FILE_BYTES) -> bytes:
        """Read one file.

        Raises:
            PackError: it is not a regular file, leads out of the pack, or is longer than the limit.
        """
        self.check(path)
        return self.read_listed(path, limit)

    def read_listed(self, path: Path, limit: int = FILE_BYTES) -> bytes:
        """Read one file that `walk` listed, which has checked it.

        Raises:
            PackError: it is longer than the limit.
        """
        try:
            with path.open("rb") as stream:
                content = stream.read(limit + 1)
        except OSError as error:
            raise PackError(path, f"cannot be read: {error.strerror or error}") from None
        if len(content) > limit:
            raise PackError(path, f"is larger than {limit // MIB} MiB", "make it smaller")
        return content

    def check(self, path: Path) -> None:
        """Refuse what is not a regular file or leads out of the pack.

        Raises:
            PackError: the message says which of the two.
        """
        try:
            kind = path.stat().st_mode
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise PackError(path, f"cannot be read: {reason}") from None
        if not self.holds(path):
            raise PackError(path, "is a link that leads out of the pack", "put the file there")
        if not stat.S_ISREG(kind):
            raise PackError(path, "is not a regular file", "a pack holds files and folders only")

    def holds(self, path: Path) -> bool:
        """Tell whether a path, with every link followed, is within the pack."""
        real = os.path.realpath(path)
        return any(
            real == root or real.startswith(root.rstrip(os.sep) + os.sep)
            for root in self._real_roots
        )

    @cached_property
    def _real_roots(self) -> tuple[str, ...]:
        return tuple(os.path.realpath(root) for root in self.roots)

    def walk(self, folder: Path) -> Iterator[tuple[Path, str]]:
        """List every file below a folder with its POSIX path relative to it, sorted by folder.

        Raises:
            PackError: a folder is a link or cannot be read, an entry is neither file nor folder,
                or there are too many.
        """
        if not self.holds(folder):
            raise PackError(folder, "is a link that leads out of the pack", "put the folder there")
        count = 0
        waiting = [(folder, "")]
        while waiting:
            place, prefix = waiting.pop()
            entries = _entries(place)
            count += len(entries)
            if count > ENTRIES:
                raise PackError(folder, f"holds more than {ENTRIES} files", "make it smaller")
            folders = [entry for entry in entries if self._is_folder(entry)]
            files = [entry for entry in entries if entry not in folders]
            yield from ((Path(entry.path), f"{prefix}{entry.name}") for entry in files)
            waiting += [
                (Path(entry.path), f"{prefix}{entry.name}/")
                for entry in reversed(folders)
                if entry.name != "__pycache__"
            ]

    def _is_folder(self, entry: "os.DirEntry[str]") -> bool:
        path = Path(entry.path)
        if entry.is_symlink() or _is_junction(path):
            if path.is_dir():
                raise PackError(path, "is a link to a folder", "put the folder itself there")
            self.check(path)
        elif entry.is_dir(follow_symlinks=False):
            return True
        elif not entry.is_file(follow_symlinks=False):
            self.check(path)
        return False


def _is_junction(path: Path) -> bool:
    return os.name == "nt" and Path(os.path.realpath(path)) != path.parent.resolve() / path.name


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise PackError(folder, f"cannot be read: {error.strerror or error}") from None

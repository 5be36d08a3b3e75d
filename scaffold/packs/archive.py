"""Zip files of packs and templates: read whole, unpacked within bounds or not at all."""

import io
import os
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from scaffold.errors import ScaffoldError
from scaffold.packs.pack_files import ENTRIES, MIB

ZIP_BYTES = 100 * MIB
UNPACKED_BYTES = 500 * MIB
PASSWORD = "COOKIECUTTER_REPO_PASSWORD"  # noqa: S105 - the name of cookiecutter's variable


def unpack(content: bytes, folder: Path, name: str) -> None:
    """Unpack a zip file whose entries lie in one folder; that folder's content is what remains.

    Args:
        content: the file.
        folder: an empty directory.
        name: what an error calls the file.

    Raises:
        ScaffoldError: it is not a zip file, an entry leaves it, or it unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            top = _top(entries, name)
            for entry in entries:
                _unpack(archive, entry, folder, top)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise ScaffoldError(f"{name} is not a valid zip file: {error}") from None
    except RuntimeError as error:  # zipfile's word for a password
        raise ScaffoldError(
            f"{name} cannot be unpacked: {error}", f"set {PASSWORD} to its password"
        ) from None


def _top(entries: list[zipfile.ZipInfo], name: str) -> str:
    """Return the one folder of an archive, having looked at every entry."""
    if not entries or "/" not in entries[0].filename:
        raise ScaffoldError(f"{name} holds no folder at its top", "zip the folder, not its files")
    top = entries[0].filename.partition("/")[0]
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise ScaffoldError(
            f"{name} unpacks to more than {ENTRIES} files or {UNPACKED_BYTES // MIB} MiB"
        )
    for entry in entries:
        path = PurePosixPath(entry.filename)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if path.parts[0] != top or ".." in path.parts or "\\" in entry.filename:
            raise ScaffoldError(f"{name}: {entry.filename} leaves its folder {top}")
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise ScaffoldError(f"{name}: {entry.filename} is neither file nor folder")
    return top


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, top: str) -> None:
    path = folder / PurePosixPath(entry.filename).relative_to(top)
    if entry.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    password = os.environ.get(PASSWORD, "").encode() or None
    with archive.open(entry, pwd=password) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise zipfile.BadZipFile(f"{entry.filename} is longer than it says")
    path.write_bytes(content)

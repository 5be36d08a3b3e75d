"""`.scaffold.base`: what the template gave a project last, as one file.

A tar archive compressed with xz, as small as with bzip2 in a fraction of the time, in the letters
of base64: `base64 -d .scaffold.base | tar xJ` unpacks it. The same tree gives the same archive on
every machine, and the same bytes wherever xz is of the same version. It is text, so that git unites
two versions without a conflict (`merge=union`); what comes out is damaged, and rendered anew from
the recipe. Bzip2, as earlier versions wrote it, is still read.
"""

import base64
import binascii
import bz2
import io
import lzma
import tarfile
from pathlib import PurePosixPath

from scaffold.errors import ScaffoldError
from scaffold.model.tree import File, Tree

BASE = ".scaffold.base"
LIMIT = 256 * 1024 * 1024  # bytes that an archive may unpack to
MEMORY = 64 * 1024 * 1024  # bytes that unpacking may need
PRESET = 1  # of xz: higher ones save a twentieth and take twice as long
BZIP2 = b"BZh"  # how an archive of earlier versions begins


def pack_tree(tree: Tree) -> bytes:
    """Return a tree as the bytes of an archive."""
    return base64.encodebytes(lzma.compress(archive(tree), preset=PRESET))


def unpack_tree(content: bytes) -> Tree:
    """Return the tree in an archive.

    Raises:
        ScaffoldError: it is damaged, or holds what no tree holds.
    """
    try:
        compressed = base64.b64decode(b"".join(content.split()), validate=True)
        decompressor = (
            bz2.BZ2Decompressor()
            if compressed.startswith(BZIP2)
            else lzma.LZMADecompressor(lzma.FORMAT_XZ, MEMORY)
        )
        data = decompressor.decompress(compressed, LIMIT)
    except binascii.Error as error:
        raise _damaged("it is not in base64") from error
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise _damaged("it is not compressed with xz") from error
    if not decompressor.eof or decompressor.unused_data:
        raise _damaged("it ends too early" if not decompressor.eof else "it goes on too long")
    return extract(data)


def archive(tree: Tree) -> bytes:
    """Return a tree as a tar archive without times, owners or other accidents."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path, file in tree.items():
            member = tarfile.TarInfo(path)
            member.size = len(file.content)
            member.mode = 0o755 if file.executable else 0o644
            tar.addfile(member, io.BytesIO(file.content))
    return stream.getvalue()


def extract(data: bytes) -> Tree:
    """Return the tree in a tar archive.

    Raises:
        ScaffoldError: it is damaged, or holds what no tree holds.
    """
    files: dict[str, File] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as tar:
            for member in tar:
                _check(member, files)
                stream = tar.extractfile(member)
                content = stream.read() if stream else b""
                if len(content) != member.size:
                    raise _damaged(f"{member.name} ends too early")
                files[member.name] = File(content, bool(member.mode & 0o100))
    except (tarfile.TarError, UnicodeError) as error:
        raise _damaged(str(error)) from error
    return Tree(files)


def _check(member: tarfile.TarInfo, files: dict[str, File]) -> None:
    path = PurePosixPath(member.name)
    if not member.isreg():
        raise _damaged(f"{member.name} is not a file")
    if path.is_absolute() or ".." in path.parts or str(path) != member.name or "\\" in member.name:
        raise _damaged(f"{member.name} is not a path within a project")
    if member.name in files:
        raise _damaged(f"{member.name} is there twice")


def _damaged(reason: str) -> ScaffoldError:
    return ScaffoldError(
        f"{BASE} is damaged: {reason}",
        f"restore it: git checkout HEAD -- {BASE}",
    )

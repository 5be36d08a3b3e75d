"""`.scaffold.base`: the same tree gives the same bytes; what is damaged is refused."""

import base64
import bz2
import hashlib
import io
import lzma
import subprocess
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import ScaffoldError
from scaffold.model.tree import File, Tree
from scaffold.project.base import archive, pack_tree, unpack_tree

PATHS = st.from_regex(r"[a-zé]{1,8}(/[a-zñ_]{1,8}){0,2}\.py", fullmatch=True)
TREES = st.dictionaries(PATHS, st.builds(File, st.binary(max_size=200), st.booleans())).map(Tree)


@given(TREES)
def test_a_tree_comes_back(tree: Tree) -> None:
    assert unpack_tree(pack_tree(tree)) == tree
    assert pack_tree(Tree(dict(reversed(list(tree.items()))))) == pack_tree(tree)


def test_the_archive_does_not_depend_on_the_machine() -> None:
    tree = Tree({"app/café.py": File(b"x = 1\n"), "manage.py": File(b"#!/bin/sh\n", True)})
    digest = "502bf16df6fe040b8b9dee9a59f504279986e59089382e4848138c49888c3505"
    assert hashlib.sha256(archive(tree)).hexdigest() == digest


def test_tar_unpacks_it(tmp_path: Path) -> None:
    (tmp_path / "base").write_bytes(pack_tree(Tree({"a/b.txt": File(b"hello\n")})))
    command = "base64 -d base | tar xJ"
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    assert (tmp_path / "a/b.txt").read_bytes() == b"hello\n"


def test_one_of_bzip2_is_read_too() -> None:
    tree = Tree({"manage.py": File(b"#!/bin/sh\n", True)})
    assert unpack_tree(base64.encodebytes(bz2.compress(archive(tree), 9))) == tree


def test_one_that_needs_much_memory_is_refused() -> None:
    greedy = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 256 * 1024 * 1024}]
    content = lzma.compress(archive(Tree({"a": File(b"x")})), filters=greedy)
    with pytest.raises(ScaffoldError, match="damaged"):
        unpack_tree(base64.b64encode(content))


def damaged(member: tarfile.TarInfo, times: int = 1) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for _ in range(times):
            tar.addfile(member, io.BytesIO(b"x" * member.size))
    return base64.b64encode(lzma.compress(stream.getvalue()))


def link(name: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return member


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not an archive",
        pack_tree(Tree({"a": File(b"x" * 5000)}))[:-10],
        pack_tree(Tree({})) + b"more",
        lzma.compress(b"not in base64" * 100),
        base64.b64encode(b"not compressed"),
        base64.b64encode(lzma.compress(b"not a tar" * 100)),
        base64.b64encode(bz2.compress(b"not a tar" * 100)),
        base64.b64encode(bz2.compress(archive(Tree({"a": File(b"x")})))[:-10]),
        damaged(tarfile.TarInfo("../outside")),
        damaged(tarfile.TarInfo("/absolute")),
        damaged(tarfile.TarInfo("a\\b")),
        damaged(tarfile.TarInfo("a//b")),
        damaged(tarfile.TarInfo("twice"), 2),
        damaged(link("link")),
    ],
)
def test_a_damaged_archive_is_refused(content: bytes) -> None:
    with pytest.raises(ScaffoldError, match="damaged") as caught:
        unpack_tree(content)
    assert "git checkout" in caught.value.hint

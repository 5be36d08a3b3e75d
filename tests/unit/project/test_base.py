"""`.scaffold.base`: the same tree gives the same bytes; what is damaged is refused."""

import base64
import bz2
import hashlib
import io
import subprocess
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import ScaffoldError
from scaffold.model.tree import File, Tree
from scaffold.project.base import pack_tree, unpack_tree

PATHS = st.from_regex(r"[a-zé]{1,8}(/[a-zñ_]{1,8}){0,2}\.py", fullmatch=True)
TREES = st.dictionaries(PATHS, st.builds(File, st.binary(max_size=200), st.booleans())).map(Tree)


@given(TREES)
def test_a_tree_comes_back(tree: Tree) -> None:
    assert unpack_tree(pack_tree(tree)) == tree
    assert pack_tree(Tree(dict(reversed(list(tree.items()))))) == pack_tree(tree)


def test_the_bytes_do_not_depend_on_the_machine() -> None:
    tree = Tree({"app/café.py": File(b"x = 1\n"), "manage.py": File(b"#!/bin/sh\n", True)})
    digest = "7b801151413b8665c661e0c84757d30ea13a5604e77802de3a5d70ff4615a5fa"
    assert hashlib.sha256(pack_tree(tree)).hexdigest() == digest


def test_tar_unpacks_it(tmp_path: Path) -> None:
    (tmp_path / "base").write_bytes(pack_tree(Tree({"a/b.txt": File(b"hello\n")})))
    command = "base64 -d base | tar xj"
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    assert (tmp_path / "a/b.txt").read_bytes() == b"hello\n"


def damaged(member: tarfile.TarInfo, times: int = 1) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for _ in range(times):
            tar.addfile(member, io.BytesIO(b"x" * member.size))
    return base64.b64encode(bz2.compress(stream.getvalue()))


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
        bz2.compress(b"not in base64" * 100),
        base64.b64encode(b"not compressed"),
        base64.b64encode(bz2.compress(b"not a tar" * 100)),
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

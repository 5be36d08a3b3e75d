"""Text and binary files of a template: told apart as cookiecutter does."""

from importlib.resources import files
from pathlib import Path

import pytest
from binaryornot.check import is_binary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scaffold.rendering.template.files import PLAIN, SIGNATURE, is_binary_file

BEGINNINGS = ["", "%PDF-1.7", "<?xml", "#!/bin/sh", "GIF89a", "{\\rtf1", "PK", "BM", "!<arch>\n"]
NAMES = ["a.txt", "b", "c.png", "d.PDF", "e.svg", "f.py"]
PLAIN_TEXT = st.text(st.sampled_from(PLAIN.decode()), max_size=1200)


@given(
    st.sampled_from(NAMES),
    st.sampled_from(BEGINNINGS),
    PLAIN_TEXT,
    st.sampled_from([b"", b"\0", b"\xff\xfe", "é".encode(), b"\x1b"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_the_verdict_is_that_of_cookiecutter(
    tmp_path: Path, name: str, beginning: str, text: str, end: bytes
) -> None:
    content = beginning.encode() + text.encode() + end
    path = tmp_path / name
    path.write_bytes(content)
    assert is_binary_file(path, content) == is_binary(str(path))


@pytest.mark.parametrize("size", [1, 9, 15, 16, 63, 64, 65, 511, 512, 513, 5000])
def test_it_is_at_every_size(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    content = (PLAIN * 60)[-size:]
    path.write_bytes(content)
    assert is_binary_file(path, content) == is_binary(str(path))


def test_no_signature_is_longer_than_what_is_looked_at() -> None:
    table = files("binaryornot.data").joinpath("binary_formats.csv").read_text().splitlines()
    column = table[0].split(",").index("magic_hex")
    assert max(len(row.split(",")[column]) // 2 for row in table[1:]) <= SIGNATURE

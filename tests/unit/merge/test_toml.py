"""Merging TOML by key, and files that are sets of lines."""

import tomllib

import pytest

from scaffold.merge.file import merge_file
from scaffold.merge.toml import outline
from scaffold.model.tree import File


def merged(base: str, yours: str, theirs: str, path: str = "pyproject.toml") -> str:
    result = merge_file(path, *(File(text.encode()) for text in (base, yours, theirs)))
    text = result.file.content.decode()
    if result.conflicts:
        return "conflict\n" + text
    if path.endswith(".toml"):
        tomllib.loads(text)
    return text


@pytest.mark.parametrize(
    "text",
    [
        "# top\na = 1\n\n[b] # table\nc = '''\n[no.table]\n'''\n\n[[d]]\ne = [\n  1,\n]\n# end\n",
        'x = { a = 1, b = ["]", "#"] }\n[t."quoted.key"]\n"a b" = 1',
    ],
)
def test_an_outline_loses_nothing(text: str) -> None:
    body = outline(text)
    assert body is not None
    assert body.text == text


@pytest.mark.parametrize(
    ("base", "yours", "theirs", "expected"),
    [
        ('a = ["x"]\n', 'a = ["x", "m"]\n', 'a = ["x", "t"]\n', 'a = ["x", "t", "m"]\n'),
        (
            'a = ["x>=1", "y"]\n',
            'a = ["x>=1", "y==3"]\n',
            'a = ["x>=2", "y"]\n',
            'a = ["x>=2", "y==3"]\n',
        ),
        (
            'a = [\n  "x",\n]\n',
            'a = [\n  "x", # why\n]\n',
            'a = [\n  "x",\n  "t",\n]\n',
            'a = [\n  "x",  # why\n  "t",\n]\n',
        ),
        ("a = { b = 1 }\n", "a = { b = 1, m = 2 }\n", "a = { b = 3 }\n", "a = { b = 3, m = 2 }\n"),
        (
            "[a]\nb = 1\nc = 2\n",
            "[a]\nb = 9\nc = 2\n",
            "[a]\nb = 1\nc = 8\n",
            "[a]\nb = 9\nc = 8\n",
        ),
        (
            "[a]\nb = 1\n",
            "[a]\nb = 1\n\n[m]\nx = 1\n",
            "[a]\nb = 1\n\n[t]\nx = 1\n",
            "[a]\nb = 1\n\n[t]\nx = 1\n\n[m]\nx = 1\n",
        ),
        (
            '[[o]]\nm = "a"\nx = 1\n\n[[o]]\nm = "b"\nx = 1\n',
            '[[o]]\nm = "a"\nx = 2\n\n[[o]]\nm = "b"\nx = 1\n',
            '[[o]]\nm = "a"\nx = 1\n\n[[o]]\nm = "b"\nx = 3\n',
            '[[o]]\nm = "a"\nx = 2\n\n[[o]]\nm = "b"\nx = 3\n',
        ),
    ],
)
def test_keys_and_arrays_merge(base: str, yours: str, theirs: str, expected: str) -> None:
    assert merged(base, yours, theirs) == expected


@pytest.mark.parametrize(
    ("base", "yours", "theirs"),
    [
        ("a = 1\n", "a = 2\n", "a = 3\n"),
        ('a = ["x>=1"]\n', 'a = ["x>=2"]\n', 'a = ["x>=3"]\n'),
        ("a = [1, 2]\n", "a = [1, 3]\n", "a = [2, 2]\n"),
    ],
)
def test_the_same_key_changed_differently_conflicts(base: str, yours: str, theirs: str) -> None:
    text = merged(base, yours, theirs)
    assert text.startswith("conflict\n")
    assert yours in text
    assert theirs in text


def test_lines_of_an_ignore_file_are_a_set() -> None:
    base = "*.pyc\n.env\n"
    assert merged(base, base + ".idea/\n", base + "data/\n", ".gitignore") == (
        "*.pyc\n.env\ndata/\n.idea/\n"
    )


def test_variables_of_an_example_environment_are_keys() -> None:
    base = "DEBUG=1\nURL=a\n"
    text = merged(base, "DEBUG=1\nURL=b\nMINE=1\n", "DEBUG=0\nURL=a\nNEW=1\n", ".env.example")
    assert text == "DEBUG=0\nURL=b\nNEW=1\nMINE=1\n"
    assert merged(base, "DEBUG=2\nURL=a\n", "DEBUG=0\nURL=a\n", ".env.example").startswith(
        "conflict"
    )

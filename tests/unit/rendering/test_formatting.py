"""Rendered Python through ruff, as the rendered project configures it."""

import subprocess
from pathlib import Path

import pytest
from ruff import find_ruff_bin

from scaffold.errors import ScaffoldError
from scaffold.model.tree import File, Tree
from scaffold.project.files import write_tree
from scaffold.rendering import cache as memory
from scaffold.rendering import formatting
from scaffold.rendering.formatting import format_python

CONFIG = """[project]
name = "x"
requires-python = ">=3.11"

[tool.ruff]
line-length = {length}
"""
MESSY = b"""import sys
from app import names
import json
x = {   'a': json.dumps(names), "b": 'a long word', "c": 'another long word' }
"""
pytestmark = pytest.mark.usefixtures("cold_cache")


def tree(length: int = 60, **files: bytes) -> Tree:
    config = File(CONFIG.format(length=length).encode())
    named = {name.replace("__", "/") + ".py": File(text) for name, text in files.items()}
    return Tree({"pyproject.toml": config, "app/names.py": File(b""), **named})


def formatted(name: str, before: Tree) -> str:
    return format_python(before)[name].content.decode()


def test_imports_are_sorted_unused_ones_dropped_lines_broken() -> None:
    assert formatted("x.py", tree(x=MESSY)) == (
        "import json\n\nfrom app import names\n\nx = {\n"
        '    "a": json.dumps(names),\n    "b": "a long word",\n    "c": "another long word",\n}\n'
    )


def test_the_projects_own_line_length_decides() -> None:
    assert formatted("x.py", tree(120, x=MESSY)).count("\n") == 5


def test_the_projects_own_python_decides() -> None:
    source = b"with open('a') as the_first_of_two, open('b') as the_second_of_two:\n    pass\n"
    new = formatted("x.py", tree(x=source))
    assert new.startswith("with (\n")
    old = CONFIG.format(length=60).replace("3.11", "3.8").encode()
    before = Tree({"pyproject.toml": File(old), "x.py": File(source)})
    assert not formatted("x.py", before).startswith("with (\n")


def test_what_the_project_calls_its_own_stays_its_own() -> None:
    config = CONFIG.format(length=60) + '[tool.ruff.lint.isort]\nknown-first-party = ["ours"]\n'
    before = Tree(
        {
            "pyproject.toml": File(config.encode()),
            "src/inner/__init__.py": File(b""),
            "x.py": File(b"import ours\nimport inner\nimport flask\n\nprint(ours, inner, flask)\n"),
        }
    )
    after = formatted("x.py", before)
    assert after.startswith("import flask\n\nimport inner\nimport ours\n")


def test_clean_files_and_files_that_are_no_python_keep_their_bytes() -> None:
    clean = b'"""Clean."""\n\nimport json\n\nprint(json.dumps(1))\n'
    before = Tree({**tree(x=clean), "y.txt": File(MESSY)})
    assert format_python(before) == before


def test_a_file_keeps_its_executable_bit() -> None:
    before = Tree({"x.py": File(b"x=1\n", executable=True)})
    assert format_python(before)["x.py"] == File(b"x = 1\n", executable=True)


def test_what_is_formatted_passes_the_projects_own_formatter(tmp_path: Path) -> None:
    write_tree(format_python(tree(x=MESSY, app__y=MESSY)), tmp_path)
    for command in (["format", "--check"], ["check", "--select", "I,F401"]):
        done = subprocess.run(
            [find_ruff_bin(), *command, "--no-cache", "."],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_cache_gives_the_same_bytes_without_ruff(monkeypatch: pytest.MonkeyPatch) -> None:
    first = format_python(tree(x=MESSY))
    monkeypatch.setattr(formatting, "_ruff", None)
    assert format_python(tree(x=MESSY)) == first


def test_a_file_that_is_new_beside_remembered_ones_is_sorted_the_same() -> None:
    format_python(tree())  # app/names.py is remembered, and not written for ruff again
    later = formatted("x.py", tree(x=MESSY))
    memory.directory().rename(memory.directory().with_name("away"))
    assert formatted("x.py", tree(x=MESSY)) == later


def test_a_file_that_is_no_python_is_named() -> None:
    with pytest.raises(ScaffoldError) as caught:
        format_python(tree(app__broken=b"def x(:\n"))
    assert "app/broken.py" in caught.value.message
    assert "\n" not in caught.value.message


DEPRECATED = '[tool.ruff]\nselect = ["E"]\n'


@pytest.mark.parametrize(
    ("config", "source", "said"),
    [
        (DEPRECATED, b"def x(:\n", "Failed to parse x.py:1:7: Expected a parameter"),
        ("[tool.ruff]\nlin = 3\n", b"", "unknown field `lin`"),
        ('[tool.ruff.lint]\nselect = ["XX"]\n', b"", "Unknown rule selector `XX`"),
        ("[tool]\nruff = 3\n", b"", "ruff must be a table"),
        ("[tool.ruff]\nsrc = 3\n", b"", "src must be a list of strings"),
    ],
)
def test_the_reason_is_what_failed_and_no_warning(config: str, source: bytes, said: str) -> None:
    before = Tree({"pyproject.toml": File(config.encode()), "x.py": File(source)})
    with pytest.raises(ScaffoldError) as caught:
        format_python(before)
    assert said in caught.value.message
    assert "deprecated" not in caught.value.message
    assert "scaffold-" not in caught.value.message
    assert "\n" not in caught.value.message


def test_a_warning_alone_is_no_fault() -> None:
    before = Tree({"pyproject.toml": File(DEPRECATED.encode()), "x.py": File(b"x=1\n")})
    assert format_python(before)["x.py"].content == b"x = 1\n"


def test_a_config_that_is_no_toml_is_named() -> None:
    with pytest.raises(ScaffoldError, match=r"pyproject\.toml as rendered is not TOML"):
        format_python(Tree({"pyproject.toml": File(b"["), "x.py": File(b"")}))


def test_a_temporary_directory_without_room_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(formatting, "TemporaryDirectory", full)
    with pytest.raises(ScaffoldError, match="No space left on device") as caught:
        format_python(tree(x=MESSY))
    assert "TMPDIR" in caught.value.hint

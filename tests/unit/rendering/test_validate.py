"""What may not reach a person's directory: each refusal with its clean counterpart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import Exit, ScaffoldError
from scaffold.model.tree import File, Tree
from scaffold.rendering import cache as memory
from scaffold.rendering import validate as hygiene
from scaffold.rendering.validate import (
    LONGEST,
    check_content,
    check_contents,
    check_path,
    check_paths,
)

OUTSIDE, WINDOWS = "leaves the project", "has a name that Windows refuses"


@pytest.mark.parametrize(
    ("bad", "why", "good"),
    [
        ("/etc/passwd", OUTSIDE, "etc/passwd"),
        ("../x", OUTSIDE, "x"),
        ("a/../../x", OUTSIDE, "a/..x"),
        ("a//b", OUTSIDE, "a/b"),
        ("./a", OUTSIDE, ".a"),
        ("", OUTSIDE, "a"),
        ("a/", OUTSIDE, "a"),
        ("con", WINDOWS, "icon"),
        ("a/NUL.txt", WINDOWS, "a/null.txt"),
        ("com1.py", WINDOWS, "com10.py"),
        ("lpt³", WINDOWS, "lpt"),
        ("conout$", WINDOWS, "conout"),
        ("a./b", WINDOWS, "a.b"),
        ("a ", WINDOWS, "a b"),
        ("a:b", WINDOWS, "a-b"),
        ("a\\b", WINDOWS, "a/b"),
        ("a?", WINDOWS, "a!"),
        ("a\nb", WINDOWS, "a b"),
        ("con .txt", WINDOWS, "con-.txt"),
        ("CLOCK$", WINDOWS, "clock"),
        ("a\x1b[2Jb", "cannot be seen, U+001B", "a[2Jb"),
        ("a\x7fb", "cannot be seen, U+007F", "ab"),
        ("a\u202eb", "cannot be seen, U+202E", "äb"),
        ("a\udcffb", "cannot be seen, U+DCFF", "a\u00ffb"),
        (".git/hooks/pre-commit", "keep their own files", ".github/hooks/pre-commit"),
        ("a/.GIT", "keep their own files", "a/.gitkeep"),
        ("git~1/config", "keep their own files", "git/config"),
        (".venv/bin/python", "keep their own files", "a/.venv/bin/python"),
        (".scaffold.toml", "keep their own files", "scaffold.toml"),
        ("ä" * 128, "longer than 255 bytes", "ä" * 127),
        ("x" * (LONGEST + 1), f"is longer than {LONGEST} characters", "x" * LONGEST),
    ],
)
def test_a_path_is_refused_where_one_system_refuses_it(bad: str, why: str, good: str) -> None:
    assert [problem for problem in check_path(bad) if why in problem]
    assert list(check_path(good)) == []
    with pytest.raises(ScaffoldError, match=re.escape(why)) as caught:
        check_paths(Tree({bad: File(b""), "fine": File(b"")}))
    assert caught.value.code is Exit.BUG
    check_paths(Tree({good: File(b"")}))


@pytest.mark.parametrize(
    ("paths", "why"),
    [
        (("a/Readme", "a/README"), "differs from a/README by case or accents alone"),
        (("App/x", "app/y"), "differs from App by case or accents alone"),
        (("caf\u00e9", "cafe\u0301"), "by case or accents alone"),
        (("stra\u00dfe", "STRASSE"), "by case or accents alone"),
        (("a", "a/b"), "lies below a file"),
        (("a", "a/b/c"), "lies below a file"),
    ],
)
def test_paths_that_cannot_stand_side_by_side(paths: tuple[str, str], why: str) -> None:
    with pytest.raises(ScaffoldError, match=why):
        check_paths(Tree({path: File(b"") for path in paths}))
    for path in paths:
        check_paths(Tree({path: File(b"")}))


@pytest.mark.parametrize(
    ("path", "bad", "why", "good"),
    [
        ("a", "{{ cookiecutter.x }}\n", "was not rendered", "{{ page.title }} cookiecutter.x\n"),
        ("a", "{{x|cookiecutter.y}}\n", "was not rendered", "{{ x }} cookiecutter.y\n"),
        ("a", "{%% if cookiecutter.x %%}\n", "was not rendered", "{% if x %}\n"),
        ("a", "x\n  # % endfor\n", "was not rendered", "# 5 % more\n#% x\nx # % y\n"),
        ("a", "a\r\nb\r\n", "end its lines with LF", "a\nb\n"),
        ("a", "a\rb\n", "end its lines with LF", "a\\rb\n"),
        ("a", "a", "one final newline", "a\n"),
        ("a", "a\n\n", "one final newline", ""),
        ("a.py", "def x(:\n", "does not parse", "def x(): ...\n"),
        ("a.py", "x = '\\d'\n", "does not parse", "x = r'\\d'\n"),
        ("a.toml", "a = \n", "does not parse", "a = 1\n"),
        ("a.json", '{"a": 1,}\n', "does not parse", '{"a": 1}\n'),
        ("a.yml", "a: [\n", "does not parse", "a: []\n---\nb: 1\n"),
        ("a.yaml", "a: 1\n b: 2\n", "does not parse", "on: [push]\n"),
    ],
)
def test_a_content_is_refused(path: str, bad: str, why: str, good: str) -> None:
    assert [problem for problem in check_content(path, bad.encode()) if why in problem]
    assert list(check_content(path, good.encode())) == []


def test_a_content_is_parsed_only_under_its_own_ending() -> None:
    assert list(check_content("a.txt", b"def x(:\n")) == []
    assert list(check_content("py", b"x = 1\n")) == []


@pytest.mark.parametrize("content", [b"\0\r\n{{ cookiecutter.x }}", b"\xff\xfe\r\n"])
def test_binary_files_are_taken_as_they_are(content: bytes) -> None:
    assert list(check_content("a.bin", content)) == []


@given(st.text(), st.sampled_from(["py", "toml", "json", "yml", "txt"]))
def test_no_content_breaks_the_check(text: str, ending: str) -> None:
    for problem in check_content(f"a.{ending}", text.encode("utf-8", "surrogatepass")):
        assert "\n" not in problem


@given(st.text())
def test_a_path_that_passes_stays_inside(path: str) -> None:
    if not list(check_path(path)):
        assert not path.startswith("/")
        assert not {"", ".", ".."} & set(path.split("/"))


def test_what_was_not_rendered_is_found_by_its_line() -> None:
    (problem,) = check_content("a.md", b"a\n\n  # % for x in y\n")
    assert problem.endswith("not rendered, in line 3")


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(ScaffoldError) as caught:
        check_contents(Tree({"a.py": File(b"("), "b": File(b"\r\n"), "c": File(b"c\n")}))
    assert "a.py: " in caught.value.message
    assert "b: " in caught.value.message
    assert "c: " not in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.usefixtures("cold_cache")
def test_what_passed_is_not_looked_at_again_but_what_failed_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    good, bad = Tree({"a.py": File(b"x = 1\n")}), Tree({"a.py": File(b"x = \n")})
    check_contents(good)
    for _ in range(2):
        with pytest.raises(ScaffoldError):
            check_contents(bad)
    looked: list[str] = []
    monkeypatch.setattr(hygiene, "check_content", lambda path, _: looked.append(path) or ())
    check_contents(good)
    assert looked == []
    check_contents(Tree({"a.toml": File(b"x = 1\n")}))  # another ending, another question
    assert looked == ["a.toml"]
    assert memory.directory().exists()

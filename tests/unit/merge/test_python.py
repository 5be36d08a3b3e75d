"""Merging Python by definition: what merges, and what has to conflict."""

import ast
from textwrap import dedent

import pytest

from scaffold.merge.file import merge_file
from scaffold.merge.python import outline
from scaffold.model.tree import File


def merged(base: str, yours: str, theirs: str) -> str:
    texts = (dedent(text) for text in (base, yours, theirs))
    result = merge_file("a.py", *(File(text.encode()) for text in texts))
    text = result.file.content.decode()
    if result.conflicts:
        return "conflict\n" + text
    ast.parse(text)
    return text


@pytest.mark.parametrize(
    "text",
    [
        "#!/usr/bin/env python\n# coding: utf-8\n\n'''doc'''\nx = 1\n# end\n",
        "class A:\n    '''doc'''\n\n    x = 1\n    # comment at the end of A\n\n# of B\n"
        "class B: pass\n",
        "@decorated(\n    1,\n)\nasync def f(\n    a,\n) -> int:\n    # first\n    return 1\n\n\n"
        "x = '''\n  # no comment\n'''",
        "if x:\n    pass\nelse:\n    y = 2\n    # end of else\nz = 3;\n",
        "def f():\n    if x:\n        pass\n        # deep\n    # shallow\n# outside\n",
    ],
)
def test_an_outline_loses_nothing(text: str) -> None:
    body = outline(text)
    assert body is not None
    assert body.text == text


@pytest.mark.parametrize("text", ["x = 1; y = 2\n", "def f(:\n", "x = 1\ry = 2\n"])
def test_what_has_no_outline(text: str) -> None:
    assert outline(text) is None


def test_an_empty_module_takes_what_both_add() -> None:
    assert merged("", "def mine(): ...\n", "x = 1\n") == "x = 1\ndef mine(): ...\n"
    assert merged("# c\n", "# c\nx = 1\n", "# c\n# d\n").startswith("conflict")


def test_an_import_that_the_users_code_needs_stays() -> None:
    base = "from django.utils import timezone, text\n\n\ndef slug():\n    return text, timezone\n"
    yours = base + "\n\ndef now():\n    return timezone.now()\n"
    theirs = "from django.utils import text\n\n\ndef slug():\n    return text\n"
    assert merged(base, yours, theirs).startswith("from django.utils import timezone, text\n")
    theirs = "import os\n\n\ndef slug():\n    return os\n"
    text = merged(base, yours, theirs)
    assert "timezone" in text.partition("def")[0]


def test_an_import_that_nobody_needs_goes() -> None:
    base = "from a import one, two\n\n\ndef f():\n    return one, two\n"
    yours = base + "\n\ndef g():\n    return one\n"
    theirs = "from a import one\n\n\ndef f():\n    return one\n"
    assert merged(base, yours, theirs).startswith("from a import one\n")


def test_an_import_that_the_new_template_needs_comes_back() -> None:
    base = "import json\nimport os\n\n\ndef f():\n    return os\n"
    yours = "import os\n\n\ndef f():\n    return os\n"
    theirs = base + "\n\ndef g():\n    return json\n"
    assert "import json\n" in merged(base, yours, theirs)


def test_a_definition_deleted_by_one_and_changed_by_the_other_conflicts() -> None:
    base = "x = 1\n\n\ndef f():\n    return 1\n\n\ny = 2\n"
    gone = "x = 1\n\n\ny = 2\n"
    changed = base.replace("return 1", "return 2")
    for yours, theirs in ((gone, changed), (changed, gone)):
        text = merged(base, yours, theirs)
        assert text.startswith("conflict\n")
        assert "return 2" in text
    assert merged(base, gone, base.replace("y = 2", "y = 3")) == gone.replace("y = 2", "y = 3")
    assert merged(base, base.replace("y = 2", "y = 3"), gone) == gone.replace("y = 2", "y = 3")


def test_the_same_definition_added_twice_conflicts() -> None:
    base = "x = 1\n"
    yours = base + "\n\ndef f():\n    return 'mine'\n"
    theirs = base + "\n\ndef f():\n    return 'template'\n"
    text = merged(base, yours, theirs)
    assert text.startswith("conflict\n")
    assert "'mine'" in text
    assert "'template'" in text


@pytest.mark.parametrize(
    ("base", "yours", "theirs"),
    [
        ("register(A, 1)\n", "register(A, 2)\n", "register(A, 3)\n"),  # no name
        ("x = 1\n", "x = 2\n", "x = 3\n"),
        ("x = (1, 2)\n", "x = (1, 3)\n", "x = (2, 2)\n"),  # numbers have positions
        ("x = {'a': 1}\n", "x = {'a': 2}\n", "x = {'a': 3}\n"),
        ("x = f(1, a=2)\n", "x = f(1, a=3)\n", "x = f(1, a=4)\n"),
        ("x = f(1)\n", "x = g(1)\n", "x = h(1)\n"),
        ("x = [g(y, 1)]\n", "x = [g(y, 2)]\n", "x = [g(y, 3)]\n"),
        ("class A(B):\n    x = 1\n", "class A(C):\n    x = 1\n", "class A(D):\n    x = 1\n"),
        (
            "def f(a):\n    x()\n",
            "def f(a):\n    x()\n    mine()\n",
            "def f(a):\n    x()\n    new()\n",
        ),
        ("x = 'a' 'b'\n", "x = 'a' 'c'\n", "x = 'a' 'd'\n"),
        ("# one\nx = 1\n", "# two\nx = 1\n", "# three\nx = 1\n"),
    ],
)
def test_the_same_thing_changed_differently_conflicts(base: str, yours: str, theirs: str) -> None:
    text = merged(base, yours, theirs)
    assert text.startswith("conflict\n")
    for side in (yours, theirs):
        assert side.strip().splitlines()[-1].strip() in text or "|||" in text


@pytest.mark.parametrize(
    ("base", "yours", "theirs", "expected"),
    [
        (
            "x = ['a', 'b']\n",
            "x = ['a', 'b', 'm']\n",
            "x = ['a', 'b', 't']\n",
            "x = ['a', 'b', 't', 'm']\n",
        ),
        ("x = ['a', 'b']\n", "x = ['b']\n", "x = ['a', 'b', 't']\n", "x = ['b', 't']\n"),
        (
            "x = ['a', 'b']\n",
            "x = ['a', 'b', 'c']\n",
            "x = ['a', 'b', 'c', 'd']\n",
            "x = ['a', 'b', 'c', 'd']\n",
        ),
        ("x = ('a',)\n", "x = ('a', 'm')\n", "x = ()\n", "x = ('m',)\n"),
        ("x = {'a': 1}\n", "x = {'a': 1, 'm': 2}\n", "x = {'a': 3}\n", "x = {'a': 3, 'm': 2}\n"),
        (
            "x = {'a': {'b': 1}}\n",
            "x = {'a': {'b': 1, 'm': 2}}\n",
            "x = {'a': {'b': 3}}\n",
            "x = {'a': {'b': 3, 'm': 2}}\n",
        ),
        ("x = f(1, a=2)\n", "x = f(1, a=2, m=3)\n", "x = f(1, a=4)\n", "x = f(1, a=4, m=3)\n"),
        (
            "x = {**a, 'b': 1}\n",
            "x = {**a, 'b': 2}\n",
            "x = {**a, **c, 'b': 1}\n",
            "x = {**a, **c, 'b': 2}\n",
        ),
        (
            "x: list[str] = ['a']\n",
            "x: list[str] = ['a', 'm']\n",
            "x: list[str] = ['t', 'a']\n",
            "x: list[str] = ['t', 'a', 'm']\n",
        ),
        (
            "x = [\n    'a',  # first\n]\n",
            "x = [\n    'a',  # first\n    # mine\n    'm',\n]\n",
            "x = [\n    'a',  # first\n    't',  # new\n]\n",
            "x = [\n    'a',  # first\n    't',  # new\n    # mine\n    'm',\n]\n",
        ),
        (
            "from a import b\n",
            "from a import b, m\n",
            "from a import b as c\n",
            "from a import b as c, m\n",
        ),
        (
            "from . import b\n",
            "from . import (\n    b,\n    m,\n)\n",
            "from . import b, t\n",
            "from . import (\n    b,\n    t,\n    m,\n)\n",
        ),
        ("x = 'é', 'ü'\n", "x = ('é', 'ü', 'm')\n", "x = ('é', 'ü')\n", "x = ('é', 'ü', 'm')\n"),
        (
            "x = ['é', 'ü']\n",
            "x = ['é', 'ü', 'm']\n",
            "x = ['t', 'é', 'ü']\n",
            "x = ['t', 'é', 'ü', 'm']\n",
        ),
    ],
)
def test_elements_merge_as_sets(base: str, yours: str, theirs: str, expected: str) -> None:
    assert merged(base, yours, theirs) == expected


def test_a_property_and_its_setter_are_two() -> None:
    base = """\
        class A:
            @property
            def x(self):
                return 1

            @x.setter
            def x(self, value):
                pass
        """
    yours = base.replace("return 1", "return 2")
    theirs = base.replace("pass", "self.y = value")
    assert merged(base, yours, theirs) == dedent(
        base.replace("return 1", "return 2").replace("pass", "self.y = value")
    )


def test_definitions_that_the_user_moved_still_get_the_templates_change() -> None:
    first, second = "def a():\n    return 1\n", "def b():\n    return 2\n"
    base, yours = f"{first}\n\n{second}", f"{second}\n\n{first}"
    text = merged(base, yours, base.replace("return 2", "return 3"))
    assert text == yours.replace("return 2", "return 3")


def test_a_renamed_function_gets_the_change_in_its_body() -> None:
    base = "def old():\n    a = 1\n    b = 2\n    c = 3\n    return a + b + c\n"
    yours = base.replace("def old", "def mine")
    theirs = base.replace("c = 3", "c = 4")
    assert merged(base, yours, theirs) == yours.replace("c = 3", "c = 4")


def test_a_syntax_error_of_the_users_is_merged_by_line() -> None:
    base = "x = 1\n\n\n\ny = 2\n"
    files = [File(t.encode()) for t in (base, base.replace("x = 1", "x = ("), base + "\n\nz = 3\n")]
    result = merge_file("a.py", *files)
    assert result.file.content.decode() == "x = (\n\n\n\ny = 2\n\n\nz = 3\n"


def test_markers_stand_on_lines_of_their_own_in_a_class() -> None:
    base = "class A:\n    x = 1\n    y = 2\n"
    text = merged(base, base.replace("x = 1", "x = 'm'"), base.replace("x = 1", "x = 't'"))
    assert text == (
        "conflict\nclass A:\n<<<<<<< yours\n    x = 'm'\n||||||| last template\n    x = 1\n"
        "=======\n    x = 't'\n>>>>>>> new template\n    y = 2\n"
    )

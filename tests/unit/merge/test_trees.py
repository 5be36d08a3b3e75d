"""The scenarios that other tools lose work in: nothing is lost here, every conflict is named."""

import pytest

from scaffold.merge import Kind, MergeResult, Ownership, Status, merge
from scaffold.model.tree import File, Tree


def lines(name: str, **changed: str) -> File:
    """Thirty lines `name_1 = 1`, some of them changed: `lines("a", _3="template")`."""
    numbers = {int(key[1:]): value for key, value in changed.items()}
    return File("".join(f"{name}_{i} = {numbers.get(i, i)!r}\n" for i in range(1, 31)).encode())


def one(
    path: str, base: File | None, yours: File | None, theirs: File | None, **more: object
) -> MergeResult:
    """Merge trees of one file."""
    trees = (Tree({path: file} if file else {}) for file in (base, yours, theirs))
    return merge(*trees, **more)  # type: ignore[arg-type]


def status(result: MergeResult, path: str) -> Status:
    return result.files[path].status


TXT = "file.txt"  # merged by line


def test_disjoint_edits_merge() -> None:
    result = one(TXT, lines("a"), lines("a", _25="user"), lines("a", _3="template"))
    assert result.tree == Tree({TXT: lines("a", _25="user", _3="template")})
    assert (status(result, TXT), result.clean) == (Status.MERGE, True)


@pytest.mark.parametrize("line", ["_10", "_11"], ids=["same line", "adjacent line"])
def test_the_same_line_conflicts_with_markers(line: str) -> None:
    result = one(TXT, lines("b"), lines("b", **{line: "user"}), lines("b", _10="template"))
    [conflict] = result.conflicts
    assert (conflict.path, conflict.kind) == (TXT, Kind.CONTENT)
    assert conflict.message == "you and the template changed the same lines in 1 place"
    text = result.tree[TXT].content.decode()
    assert "<<<<<<< yours\n" in text
    assert "||||||| last template\n" in text
    assert ">>>>>>> new template\n" in text
    assert "'user'" in text
    assert "'template'" in text


def test_adjacent_lines_of_python_merge() -> None:
    result = one("a.py", lines("c"), lines("c", _11="user"), lines("c", _10="template"))
    assert result.tree == Tree({"a.py": lines("c", _10="template", _11="user")})


def test_an_identical_change_is_one() -> None:
    result = one(TXT, lines("d"), lines("d", _10="both"), lines("d", _10="both"))
    assert status(result, TXT) is Status.IDENTICAL


def test_a_file_the_template_removes() -> None:
    assert one(TXT, lines("f"), lines("f"), None).tree == Tree({})
    result = one(TXT, lines("g"), lines("g", _5="user"), None)
    assert result.tree == Tree({TXT: lines("g", _5="user")})
    [conflict] = result.conflicts
    assert conflict.kind is Kind.MODIFY_DELETE
    assert (conflict.base, conflict.theirs) == (lines("g"), None)


def test_a_file_the_user_deleted() -> None:
    result = one(TXT, lines("h"), None, lines("h", _5="template"))
    assert TXT not in result.tree
    [conflict] = result.conflicts
    assert conflict.kind is Kind.MODIFY_DELETE
    assert conflict.theirs == lines("h", _5="template")
    result = one(TXT, lines("h"), None, lines("h"))
    assert result.clean
    assert result.files[TXT].note == "deleted by you"
    result = one(TXT, lines("h"), None, None)
    assert result.clean
    assert result.tree == Tree({})


def test_a_file_the_user_moved_is_followed() -> None:
    base = Tree({"views.py": lines("i"), "other.py": lines("o")})
    yours = Tree({"web/views.py": lines("i", _25="user"), "other.py": lines("o")})
    theirs = Tree({"views.py": lines("i", _5="template"), "other.py": lines("o")})
    result = merge(base, yours, theirs)
    assert result.tree == Tree(
        {"web/views.py": lines("i", _5="template", _25="user"), "other.py": lines("o")}
    )
    assert result.moves == {"views.py": "web/views.py"}
    assert result.files["web/views.py"].template_path == "views.py"
    rewritten = Tree({**result.tree, "web/views.py": lines("completely", _1="different")})
    newer = Tree({**theirs, "views.py": lines("i", _5="template", _7="newer")})
    again = merge(theirs, rewritten, newer, moves=result.moves)
    assert [conflict.path for conflict in again.conflicts] == ["web/views.py"]


def test_an_app_the_user_renamed_is_followed_and_so_are_its_new_files() -> None:
    base = Tree({f"apps/blog/{name}.py": lines(name) for name in ("models", "views", "urls")})
    yours = Tree({path.replace("blog", "journal"): file for path, file in base.items()})
    theirs = Tree({**base, "apps/blog/api.py": lines("api"), "apps/new.py": lines("new")})
    result = merge(base, yours, theirs)
    assert set(result.tree) == {*yours, "apps/journal/api.py", "apps/new.py"}
    assert status(result, "apps/journal/api.py") is Status.CREATE
    assert result.clean


def test_a_copy_of_the_users_is_not_taken_for_a_move() -> None:
    base = Tree({"blog/views.py": lines("v")})
    yours = Tree({**base, "shop/views.py": lines("v", _1="shop")})
    result = merge(base, yours, Tree({"blog/views.py": lines("v", _9="template")}))
    assert result.tree["shop/views.py"] == lines("v", _1="shop")
    assert result.tree["blog/views.py"] == lines("v", _9="template")


def test_two_equal_candidates_are_no_move() -> None:
    base = Tree({"a/views.py": lines("v")})
    yours = Tree({"b/views.py": lines("v"), "c/views.py": lines("v")})
    result = merge(base, yours, Tree({"a/views.py": lines("v", _9="template")}))
    assert {c.kind for c in result.conflicts} == {Kind.MODIFY_DELETE}
    assert result.tree == yours


def test_both_added() -> None:
    result = one("new.py", None, File(b"Y = 2\n"), File(b"X = 1\n"))
    [conflict] = result.conflicts
    assert conflict.kind is Kind.ADD_ADD
    assert b"Y = 2\n" in result.tree["new.py"].content
    assert b"X = 1\n" in result.tree["new.py"].content
    assert one("new.py", None, File(b"X\r\n"), File(b"X\n")).tree["new.py"].content == b"X\r\n"
    assert one("a/__init__.py", None, File(b""), File(b"X = 1\n")).clean
    assert one("a/__init__.py", None, File(b"X = 1\n"), File(b"")).tree == Tree(
        {"a/__init__.py": File(b"X = 1\n")}
    )


SECRETS = File(b"SECRET=mysecret\nDEBUG=1\n")


def test_secrets_and_seeded_files_are_never_touched() -> None:
    seeded = Ownership(seeded=(".env", "uv.lock", "apps/*/migrations/*.py"))
    result = one(
        ".env", File(b"SECRET=v1\n"), SECRETS, File(b"SECRET=v2\nNEW=1\n"), ownership=seeded
    )
    assert result.tree[".env"] == SECRETS
    assert status(result, ".env") is Status.SKIP
    path = "apps/blog/migrations/0001_initial.py"
    for theirs in (lines("other"), None):
        for yours in (lines("m"), lines("m", _3="user"), None):
            result = one(path, lines("m"), yours, theirs, ownership=seeded)
            assert result.tree.get(path) == yours
            assert result.clean


def test_owned_files_are_replaced_whole() -> None:
    owned = Ownership(owned=("static/vendor/*",))
    path = "static/vendor/htmx.js"
    result = one(path, File(b"1"), File(b"mine"), File(b"2"), ownership=owned)
    assert result.tree[path].content == b"2"
    assert result.files[path].note == "your changes were replaced"
    assert one(path, File(b"1"), None, File(b"2"), ownership=owned).tree[path].content == b"2"


def test_binary_files_changed_by_both_keep_the_users() -> None:
    png = [File(b"\x89PNG\0" + end) for end in (b"v1", b"user", b"v2")]
    result = one("logo.png", *png)
    assert result.tree["logo.png"] == png[1]
    [conflict] = result.conflicts
    assert (conflict.kind, conflict.theirs) == (Kind.BINARY, png[2])
    assert one("logo.png", png[0], png[0], png[2]).tree["logo.png"] == png[2]


def test_repeated_context_merges() -> None:
    view = "def view():\n    return 1\n\n"
    base, theirs = view * 10, (view * 10).replace("return 1", "return 2", 3)
    yours = "# user header\n" * 4 + base + "# user footer\n"
    result = one(TXT, *(File(text.encode()) for text in (base, yours, theirs)))
    assert result.clean
    assert result.tree[TXT].content.count(b"return 2") == 3


@pytest.mark.parametrize("path", [TXT, "a.py"])
@pytest.mark.parametrize("theirs_crlf", [False, True])
def test_line_ends_are_the_users(path: str, theirs_crlf: bool) -> None:
    def crlf(file: File) -> File:
        return File(file.content.replace(b"\n", b"\r\n"))

    base, yours, theirs = lines("k"), lines("k", _25="user"), lines("k", _5="template")
    merged = lines("k", _5="template", _25="user")
    if theirs_crlf:
        result = one(path, crlf(base), yours, crlf(theirs))
        assert result.tree[path] == merged
        return
    assert one(path, base, crlf(yours), theirs).tree[path] == crlf(merged)
    assert one(path, base, crlf(base), theirs).tree[path] == crlf(theirs)
    assert one(path, base, crlf(base), base).tree[path] == crlf(base)
    assert one(path, base, crlf(base), None).tree == Tree({})
    assert one(path, base, crlf(lines("k", _5="user")), theirs).conflicts[0].kind is Kind.CONTENT


def test_a_byte_order_mark_stays() -> None:
    bom = b"\xef\xbb\xbf"
    yours = File(bom + lines("k", _25="user").content.replace(b"\n", b"\r\n"))
    result = one("a.py", lines("k"), yours, lines("k", _5="template"))
    expected = lines("k", _5="template", _25="user").content.replace(b"\n", b"\r\n")
    assert result.tree["a.py"].content == bom + expected


def test_mixed_line_ends_and_other_encodings_stay() -> None:
    yours = File(lines("k", _25="user").content.replace(b"k_1 = 1\n", b"k_1 = 1\r\n"))
    result = one(TXT, lines("k"), yours, lines("k", _5="template"))
    assert b"k_1 = 1\r\n" in result.tree[TXT].content
    latin = File(lines("k", _25="user").content + b"\xe9\n")
    result = one("a.py", lines("k"), latin, lines("k", _5="template"))
    assert result.tree["a.py"].content == lines("k", _5="template", _25="user").content + b"\xe9\n"


def test_a_file_without_a_last_line_end() -> None:
    base, theirs = File(b"a\nb\nc\nd"), File(b"A\nb\nc\nd")
    result = one(TXT, base, File(b"a\nb\nc\nd\ne"), theirs)
    assert result.tree[TXT].content == b"A\nb\nc\nd\ne\n"


def test_the_executable_bit_merges() -> None:
    script = File(b"#!/bin/sh\necho hi\n")
    executable = File(script.content, True)
    assert one("run.sh", script, script, executable).tree["run.sh"].executable
    assert not one("run.sh", executable, script, executable).tree["run.sh"].executable
    edited = File(b"#!/bin/sh\necho hi\necho mine\n")
    result = one("run.sh", script, edited, executable)
    assert result.tree["run.sh"] == File(edited.content, True)


def test_a_formatter_makes_no_conflict() -> None:
    base = File(b"x = { 'a':1,\n  'b':2 }\ny = f( 1 )\n" + lines("o").content)
    yours = File(b'x = {"a": 1, "b": 2}\ny = f(1)\n' + lines("o").content)
    theirs = File(base.content.replace(b"'b':2", b"'b':3"))
    result = one("fmt.py", base, yours, theirs)
    assert result.clean
    assert b"'b':3" in result.tree["fmt.py"].content
    assert b"y = f(1)\n" in result.tree["fmt.py"].content


def test_a_module_replaced_by_a_package_is_a_conflict() -> None:
    base = Tree({"app/models.py": lines("m")})
    yours = Tree({"app/models/__init__.py": File(b"from .post import *\n")})
    theirs = Tree({"app/models.py": lines("m", _3="template")})
    result = merge(base, yours, theirs)
    assert result.tree == yours
    assert [conflict.kind for conflict in result.conflicts] == [Kind.MODIFY_DELETE]


@pytest.mark.parametrize(
    ("mine", "new"),
    [
        ("app/models", "app/models/post.py"),
        ("app/models/post.py", "app/models"),
        ("README.MD", "README.md"),
    ],
)
def test_what_is_in_the_way_is_named(mine: str, new: str) -> None:
    result = merge(Tree({}), Tree({mine: File(b"mine\n")}), Tree({new: File(b"new\n")}))
    assert result.tree == Tree({mine: File(b"mine\n")})
    [conflict] = result.conflicts
    assert (conflict.kind, conflict.path) == (Kind.FILE_DIRECTORY, new)
    assert mine in conflict.message


def test_what_the_template_adds_where_the_user_moved_another_file_is_named() -> None:
    base = Tree({"a.py": lines("a")})
    yours = Tree({"b.py": lines("a", _25="user")})
    theirs = Tree({"a.py": lines("a", _3="template"), "b.py": lines("other")})
    result = merge(base, yours, theirs, moves={"a.py": "b.py"})
    assert b"'user'" in result.tree["b.py"].content
    assert [conflict.path for conflict in result.conflicts] == ["b.py"]


def test_the_users_own_files_pass_through() -> None:
    base = Tree({"a.py": lines("a")})
    yours = Tree({"a.py": lines("a"), "mine/deep.py": File(b"\0binary"), "run": File(b"", True)})
    result = merge(base, yours, Tree({"a.py": lines("a", _1="template")}))
    assert result.tree == Tree({**yours, "a.py": lines("a", _1="template")})
    assert set(result.files) == {"a.py"}

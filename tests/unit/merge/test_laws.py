"""What holds for every merge, by chance edits on files as the packs write them."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.merge import MergeResult, Status, merge
from scaffold.model.tree import File, Tree
from tests.unit.merge.pairs import SAMPLES, edited


@st.composite
def changed(draw: st.DrawFn, base: Tree, word: str) -> Tree:
    """A tree with chance edits; every line that is added has a word of its own."""
    files = dict(base)
    for number in range(draw(st.integers(0, 5))):
        path = draw(st.sampled_from(sorted(base)))
        if path not in files:
            continue
        lines = files[path].content.decode().splitlines(keepends=True)
        place = draw(st.integers(0, len(lines)))
        act = draw(st.sampled_from(["insert", "delete", "change", "comment", "remove", "swap"]))
        indent = re.match(r" *", lines[place])[0] if place < len(lines) else ""
        name = f"{word}{number}"
        if act == "insert":
            lines.insert(place, f"{indent}{name} = 1\n")
        elif act == "comment":
            lines.insert(place, f"{indent}# {name}\n")
        elif act == "delete":
            del lines[place : place + 1]
        elif act == "change" and place < len(lines):
            lines[place] = f"{lines[place].rstrip()}  # {name}\n"
        elif act == "swap":
            lines[place : place + 2] = reversed(lines[place : place + 2])
        elif act == "remove":
            del files[path]
            continue
        files[path] = File("".join(lines).encode())
    return Tree(files)


@st.composite
def sides(draw: st.DrawFn) -> tuple[Tree, Tree, Tree]:
    samples = draw(st.lists(st.sampled_from(SAMPLES), min_size=1, max_size=3, unique_by=id))
    base = Tree({s.path: File(s.base.encode()) for s in samples})
    trees = []
    for side, word in (("yours", "mine"), ("theirs", "their")):
        files = {}
        for sample in samples:
            edits = getattr(sample, side)
            names = draw(st.sets(st.sampled_from(sorted(edits)), max_size=1))
            text = edited(sample.base, [edit for name in names for edit in edits[name]])
            files[sample.path] = File(text.encode())
        trees.append(draw(changed(Tree(files), word)))
    return base, *trees


def words(tree: Tree) -> set[str]:
    return {word for file in tree.values() for word in re.findall(r"\w+", file.content.decode())}


@given(sides())
def test_an_untouched_project_becomes_what_the_template_gives(trees: tuple[Tree, ...]) -> None:
    base, _, theirs = trees
    result = merge(base, base, theirs)
    assert result.tree == theirs
    assert result.clean


@given(sides())
def test_an_unchanged_template_changes_nothing(trees: tuple[Tree, ...]) -> None:
    base, yours, _ = trees
    result = merge(base, yours, base)
    assert result.tree == yours
    assert result.clean


@given(sides())
def test_equal_changes_are_one(trees: tuple[Tree, ...]) -> None:
    base, yours, _ = trees
    result = merge(base, yours, yours)
    assert result.tree == yours
    assert result.clean


@settings(max_examples=60)
@given(sides())
def test_no_word_disappears(trees: tuple[Tree, ...]) -> None:
    """What a side added is in the result, between markers or in the versions of a conflict."""
    base, yours, theirs = trees
    result = merge(base, yours, theirs)
    shown = words(result.tree) | words(kept_aside(result))
    assert words(yours) - words(base) - shown == set()
    assert words(theirs) - words(base) - shown == set()
    for path, file in yours.items():  # a file of the user's is never removed with their changes
        if path not in result.tree:
            assert file == base.get(path)


@settings(max_examples=60)
@given(sides())
def test_every_conflict_is_named(trees: tuple[Tree, ...]) -> None:
    base, yours, theirs = trees
    result = merge(base, yours, theirs)
    marked = {path for path, file in result.tree.items() if b"<<<<<<< " in file.content}
    named = {conflict.path for conflict in result.conflicts}
    assert marked <= named
    assert named == {path for path, file in result.files.items() if file.status is Status.CONFLICT}
    assert set(result.files) >= set(base) | set(theirs)


@settings(max_examples=60)
@given(sides())
def test_twice_is_once(trees: tuple[Tree, ...]) -> None:
    base, yours, theirs = trees
    result = merge(base, yours, theirs)
    again = merge(theirs, result.tree, theirs, moves=result.moves)
    assert again.tree == result.tree
    assert again.clean


def kept_aside(result: MergeResult) -> Tree:
    """The versions of files that a conflict keeps out of the tree."""
    versions = {}
    for number, conflict in enumerate(result.conflicts):
        for side, file in (("yours", conflict.yours), ("theirs", conflict.theirs)):
            if file:
                versions[f"{number}/{side}"] = file
    return Tree(versions)

"""What holds for every change of a project of a built-in pack, by chance edits of its user."""

import re
from collections import Counter
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scaffold.inputs import edit
from scaffold.merge import MergeResult, merge
from scaffold.merge.python import imports, used_names
from scaffold.model.recipe import Recipe, parse_apps
from scaffold.model.tree import File, Tree
from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.packs.pack import choose_features
from scaffold.project.state import merged_files
from scaffold.rendering.render import render
from tests.conftest import PROOF

APPS = {
    "blog": ["Post: title:str(200) body:text? author:ref(accounts.User)@owner"],
    "catalog": ["Product: name:str(120) price:decimal(10,2)"],
}
REVIEW = "Review: post:ref(blog.Post) stars:int(1..5) text:text?"
CHANGES: dict[str, edit.Edit] = {
    "a field": lambda recipe, _: edit.add_fields(recipe, "blog.Post", "subtitle:str? pinned:bool"),
    "a resource": lambda recipe, _: edit.add_resource(recipe, "catalog.Tag", "name:str(40)^"),
    "an app": lambda recipe, pack: edit.add_app(recipe, pack, "reviews", [REVIEW]),
    "celery": lambda recipe, pack: edit.add_feature(recipe, pack, "celery"),
    "docker": lambda recipe, pack: edit.add_feature(recipe, pack, "docker"),
    "postgres": lambda recipe, pack: edit.set_values(recipe, pack, {"database": "postgres"}),
    "no admin": lambda recipe, pack: edit.remove_feature(recipe, pack, "admin"),
    "a name": lambda recipe, pack: edit.set_values(recipe, pack, {"name": "Other"}),
}
law = settings(
    max_examples=500 if PROOF else 15,
    suppress_health_check=[HealthCheck.too_slow],  # the first of each kind is rendered
)
packs, changes = st.sampled_from(BUILT_IN), st.sampled_from(sorted(CHANGES))


@cache
def rendered(name: str, *wanted: str) -> Tree:
    """What a pack gives after some changes of the recipe."""
    pack = find_pack(name)
    features, _ = choose_features(pack, pack.defaults)
    recipe = Recipe(name, "Shop", "shop", features=features, apps=parse_apps(APPS))
    for change in wanted:
        recipe = CHANGES[change](recipe, pack)
    return merged_files(render(recipe, pack), pack)


@st.composite
def edited(draw: st.DrawFn, base: Tree, likely: list[str]) -> Tree:
    """A project after some edits of its user; every line they add has a word of its own."""
    files = dict(base)
    anything = sorted(path for path, file in base.items() if file.content.strip())
    for number in range(draw(st.integers(1, 6))):
        path = draw(st.sampled_from(likely or anything) | st.sampled_from(anything))
        if path not in files or b"\0" in files[path].content:
            continue
        act = draw(st.sampled_from(["insert", "comment", "delete", "change", "append", "remove"]))
        if act == "remove":
            del files[path]
            continue
        rows = files[path].content.decode().splitlines(keepends=True)
        place = draw(st.integers(0, len(rows) - 1)) if rows else 0
        _edit(rows, place, act, f"mine{number}")
        files[path] = File("".join(rows).encode(), files[path].executable)
    return Tree(files)


def _edit(rows: list[str], place: int, act: str, word: str) -> None:
    indent = re.match(r"\s*", rows[place])[0].strip("\n") if rows else ""
    if act == "insert":
        rows.insert(place, f"{indent}{word} = 1\n")
    elif act == "comment":
        rows.insert(place, f"{indent}# {word}\n")
    elif act == "append":
        rows.append(f"\n\ndef {word}() -> None:\n    return None\n")
    elif act == "delete":
        del rows[place : place + 1]
    elif rows:
        rows[place] = f"{rows[place].rstrip()}  # {word}\n"


@st.composite
def situations(draw: st.DrawFn) -> tuple[Tree, Tree, Tree]:
    """What a pack gave, what its user made of it, what it gives after a change."""
    name = draw(packs)
    base, theirs = rendered(name), rendered(name, draw(changes))
    likely = sorted(path for path in base if base[path] != theirs.get(path) and base[path].content)
    return base, draw(edited(base, likely)), theirs


@law
@given(packs, changes)
def test_an_untouched_project_becomes_what_the_pack_gives(name: str, change: str) -> None:
    base, theirs = rendered(name), rendered(name, change)
    for before, after in ((base, theirs), (theirs, base)):
        result = merge(before, before, after)
        assert result.tree == after
        assert result.clean


@law
@given(situations())
def test_an_unchanged_pack_changes_nothing(trees: tuple[Tree, Tree, Tree]) -> None:
    base, yours, _ = trees
    result = merge(base, yours, base)
    assert result.tree == yours
    assert result.clean


@law
@given(situations())
def test_nothing_of_the_users_disappears(trees: tuple[Tree, Tree, Tree]) -> None:
    base, yours, theirs = trees
    result = merge(base, yours, theirs)
    shown = result.tree, *(Tree({"": file}) for file in kept_aside(result))
    assert own_words(yours) <= set().union(*map(own_words, shown))
    for path, file in yours.items():
        if path not in result.tree:
            assert file == base[path]


@law
@given(situations())
def test_what_all_three_have_stays(trees: tuple[Tree, Tree, Tree]) -> None:
    base, yours, theirs = trees
    result = merge(base, yours, theirs)
    for path in base.keys() & yours.keys() & theirs.keys():
        shared = words(base[path]) & words(yours[path]) & words(theirs[path])
        assert not shared - words(result.tree[path]), path


@law
@given(situations())
def test_once_more_changes_nothing(trees: tuple[Tree, Tree, Tree]) -> None:
    base, yours, theirs = trees
    result = merge(base, yours, theirs)
    again = merge(theirs, result.tree, theirs, moves=result.moves)
    assert again.tree == result.tree
    assert again.clean


@law
@given(situations())
def test_add_then_remove_is_nothing(trees: tuple[Tree, Tree, Tree]) -> None:
    base, yours, theirs = trees
    there = merge(base, yours, theirs)
    if not there.clean:
        return
    back = merge(theirs, there.tree, base, moves=there.moves)
    if not back.clean:
        return
    after, before = lines(back.tree), lines(yours)
    for path in base.keys() - theirs.keys() - yours.keys():
        after.pop(path, None)  # deleted by its user, dropped and given again by the pack
    for path in filter(lambda path: lacks_an_import(base, yours, path), yours):
        after.pop(path, None)
        before.pop(path, None)
    assert after == before


@law
@given(packs, st.lists(changes, min_size=2, max_size=2, unique=True), st.data())
def test_the_order_of_two_changes_is_no_matter(
    name: str, pair: list[str], data: st.DataObject
) -> None:
    base, both = rendered(name), rendered(name, *pair)
    if both != rendered(name, *reversed(pair)):
        return
    likely = sorted(path for path in base if base[path] != both.get(path) and base[path].content)
    yours = data.draw(edited(base, likely))
    ends = []
    for first in pair:
        middle = merge(base, yours, rendered(name, first))
        end = merge(rendered(name, first), middle.tree, both, moves=middle.moves)
        if not (middle.clean and end.clean):
            return
        ends.append(lines(end.tree))
    assert ends[0] == ends[1]


def words(file: File) -> Counter[str]:
    return Counter(re.findall(r"\w+", file.content.decode("utf-8", "replace")))


def own_words(tree: Tree) -> set[str]:
    return {word for file in tree.values() for word in words(file) if word.startswith("mine")}


def lines(tree: Tree) -> dict[str, Counter[str]]:
    """The lines of each file, in any order, however they are laid out."""
    found = {}
    for path, file in tree.items():
        text = file.content.decode("utf-8", "replace")
        found[path] = Counter(row.strip() for row in text.splitlines() if row.strip())
    return found


def lacks_an_import(base: Tree, yours: Tree, path: str) -> bool:
    """Return whether a user took an import away that the file uses: a merge gives it back."""
    if not path.endswith(".py") or path not in base:
        return False
    was, now = (tree[path].content.decode() for tree in (base, yours))
    return bool((imports(was).keys() - imports(now).keys()) & used_names(now))


def kept_aside(result: MergeResult) -> list[File]:
    """The versions of files that a conflict keeps out of the tree."""
    versions = [side for one in result.conflicts for side in (one.yours, one.theirs)]
    return [file for file in versions if file]

"""Trees: immutable, sorted, united without overwriting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import ScaffoldError
from scaffold.model.tree import File, Tree, merge_trees

FILES = st.builds(File, st.binary(max_size=8), st.booleans())
TREES = st.dictionaries(st.text("abc/", min_size=1, max_size=4), FILES, max_size=5).map(Tree)


def test_a_tree_is_sorted_and_equal_by_content() -> None:
    one = Tree({"b": File(b"2"), "a": File(b"1")})
    assert list(one) == ["a", "b"]
    assert one == Tree({"a": File(b"1"), "b": File(b"2")})
    assert one != Tree({"a": File(b"1"), "b": File(b"2", executable=True)})
    assert one != {"a": File(b"1"), "b": File(b"2")}


def test_a_tree_does_not_follow_the_mapping_it_was_made_of() -> None:
    files = {"a": File(b"1")}
    tree = Tree(files)
    files["b"] = File(b"2")
    assert list(tree) == ["a"]


def test_a_digest_is_that_of_the_bytes() -> None:
    assert File(b"").digest == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert File(b"a").digest == File(b"a", executable=True).digest != File(b"b").digest


@given(st.lists(TREES, max_size=4))
def test_united_trees_hold_every_file_or_are_refused(trees: list[Tree]) -> None:
    layers = [(f"layer {number}", tree) for number, tree in enumerate(trees)]
    paths = [path for tree in trees for path in tree]
    if len(paths) == len(set(paths)):
        assert merge_trees(layers) == Tree({p: f for tree in trees for p, f in tree.items()})
    else:
        with pytest.raises(ScaffoldError):
            merge_trees(layers)


def test_a_collision_names_both_layers_even_for_equal_bytes() -> None:
    tree = Tree({"app/x.py": File(b"")})
    with pytest.raises(ScaffoldError) as caught:
        merge_trees([("base", tree), ("feature api", tree)])
    assert caught.value.message == "app/x.py is written by two layers: base and feature api"

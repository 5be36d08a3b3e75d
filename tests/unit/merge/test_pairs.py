"""Pairs of edits: merged without markers where git would conflict, and nothing is lost."""

import ast
import tomllib

import pytest

from scaffold.merge.file import lost_words, merge_file
from scaffold.merge.text import merge_text
from scaffold.model.tree import File
from tests.unit.merge.pairs import Pair, pairs

PAIRS = list(pairs())


def merged(pair: Pair) -> tuple[str, int]:
    files = (File(text.encode()) for text in (pair.base, pair.yours, pair.theirs))
    result = merge_file(pair.path, *files)
    return result.file.content.decode(), result.conflicts


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_both_edits_are_in_the_result(pair: Pair) -> None:
    text, conflicts = merged(pair)
    assert not lost_words(pair.base, pair.yours, pair.theirs, text)
    assert not lost_words(pair.base, pair.theirs, pair.yours, text)
    assert ("<<<<<<< yours" in text) == bool(conflicts)
    if not conflicts and pair.path.endswith(".py"):
        ast.parse(text)
    if not conflicts and pair.path.endswith(".toml"):
        tomllib.loads(text)


def test_at_most_a_quarter_of_the_conflicts_of_git() -> None:
    assert len(PAIRS) >= 100
    by_git = sum(bool(merge_text(p.base, p.yours, p.theirs).conflicts) for p in PAIRS)
    by_us = sum(bool(merged(pair)[1]) for pair in PAIRS)
    print(f"{len(PAIRS)} pairs: git conflicts in {by_git}, scaffold in {by_us}")
    assert by_git >= 40
    assert by_us * 4 <= by_git


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_once_more_changes_nothing(pair: Pair) -> None:
    text, conflicts = merged(pair)
    if conflicts:
        return
    again = Pair(pair.name, pair.path, pair.theirs, text, pair.theirs)
    assert merged(again) == (text, 0)
    late = Pair(pair.name, pair.path, pair.base, text, pair.theirs)  # the base was not recorded
    assert merged(late) == (text, 0)

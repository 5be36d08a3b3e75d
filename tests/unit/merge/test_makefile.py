"""Merging a Makefile by its rules."""

import pytest

from scaffold.merge.file import merge_file
from scaffold.merge.makefile import outline
from scaffold.model.tree import File

BASE = """RUN := uv run
.PHONY: help test

help: ## this list
\t@echo help

check: export DEBUG ?= 1
check: ## all of it
\t$(RUN) ruff check

test: ## the tests
\t$(RUN) pytest
"""
OURS = "\nours: ## our own\n\t@echo ours\n"
WORKER = "\n.PHONY: worker\nworker: | $(UV) ## the jobs\n\tcelery\n"


def merged(yours: str, theirs: str, base: str = BASE) -> tuple[str, int]:
    result = merge_file("Makefile", *(File(text.encode()) for text in (base, yours, theirs)))
    return result.file.content.decode(), result.conflicts


@pytest.mark.parametrize("text", [BASE, BASE + OURS + "# end\n", "a:\n\tb\n\nX = 1\n\n\tc\n"])
def test_an_outline_loses_nothing(text: str) -> None:
    body = outline(text)
    assert body is not None
    assert body.text == text


def test_both_append_a_rule() -> None:
    assert merged(BASE + OURS, BASE + WORKER) == (BASE + WORKER + OURS, 0)


def test_a_rule_beside_a_changed_one() -> None:
    yours = BASE.replace("pytest\n", "pytest -x\n")
    assert merged(yours, BASE + WORKER) == (yours + WORKER, 0)


def test_one_recipe_changed_by_both_conflicts() -> None:
    text, conflicts = merged(BASE.replace("pytest", "pytest -x"), BASE.replace("pytest", "tox"))
    assert conflicts == 1
    assert "pytest -x" in text
    assert "tox" in text


def test_conditions_are_merged_by_line() -> None:
    assert outline(f"{BASE}\nifdef CI\nci:\n\techo\nendif\n") is None
    assert outline("X = 1\n") is None

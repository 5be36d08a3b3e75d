"""Versions are compared by their numbers."""

import pytest

from scaffold.model.versions import numbers


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("3.12", (3, 12)),
        ("0.2.0", (0, 2)),
        ("1.0", (1,)),
        ("2.1rc1", (2, 1)),
        ("", ()),
        ("main", ()),
    ],
)
def test_the_numbers_that_a_version_begins_with(version: str, found: tuple[int, ...]) -> None:
    assert numbers(version) == found


def test_ten_comes_after_nine() -> None:
    assert numbers("1.10") > numbers("1.9.9")

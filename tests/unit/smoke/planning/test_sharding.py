"""Split a matrix over several machines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import UsageError
from scaffold.smoke.planning.sharding import MAX_JOBS, github_matrix, shard


@given(st.lists(st.integers(), max_size=40), st.integers(1, 12))
def test_shards_together_are_the_whole_and_share_nothing(items: list[int], count: int) -> None:
    parts = [shard(items, f"{number}/{count}") for number in range(1, count + 1)]
    assert sorted(item for part in parts for item in part) == sorted(items)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@pytest.mark.parametrize("text", ["", "3", "0/3", "4/3", "a/b", "1/", "-1/2", "1/2/3"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a shard"):
        shard([1], text)


def test_the_matrix_of_github_fits_its_limit_and_names_every_recipe() -> None:
    few = github_matrix(["a", "b"], 0, ["--pack", "flask"])
    assert few == {
        "include": [
            {"shard": "1/2", "name": "a", "arguments": "--pack flask --shard 1/2"},
            {"shard": "2/2", "name": "b", "arguments": "--pack flask --shard 2/2"},
        ]
    }
    many = github_matrix([str(number) for number in range(1000)], 0, [])
    assert len(many["include"]) == MAX_JOBS  # type: ignore[arg-type]  # a list in this key
    assert len(github_matrix(["a", "b", "c"], 2, [])["include"]) == 2  # type: ignore[arg-type]

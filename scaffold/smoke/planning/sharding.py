"""A matrix split over many machines."""

import shlex
from collections.abc import Sequence
from typing import TypeVar

from scaffold.errors import UsageError

LIMIT = 256  # jobs that GitHub Actions allows in one matrix
T = TypeVar("T")


def shard(items: Sequence[T], text: str) -> list[T]:
    """The part of some items that shard "2/5" holds: dealt out in turn, so that all are alike.

    Raises:
        UsageError: the text names no shard.
    """
    number, slash, count = text.partition("/")
    if not (slash and number.isdigit() and count.isdigit() and 1 <= int(number) <= int(count)):
        raise UsageError(f"{text!r} is no shard", "write for example --shard 2/5")
    return list(items[int(number) - 1 :: int(count)])


def github(labels: Sequence[str], runners: int, words: Sequence[str]) -> dict[str, object]:
    """The `strategy.matrix` of a GitHub Actions job.

    Args:
        labels: what the recipes are called.
        runners: jobs at most; 0 for as many as there are recipes, and GitHub allows.
        words: the command that selects the recipes, without its shard.
    """
    count = min(len(labels), runners or LIMIT, LIMIT)
    include = []
    for number in range(1, count + 1):
        name = f"{number}/{count}"
        mine = shard(labels, name)
        title = mine[0] if len(mine) == 1 else f"{name}: {len(mine)} recipes"
        include.append(
            {"shard": name, "name": title, "arguments": shlex.join([*words, "--shard", name])}
        )
    return {"include": include}

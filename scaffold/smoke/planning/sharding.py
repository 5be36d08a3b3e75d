"""Split a matrix over several machines."""

import shlex
from collections.abc import Sequence
from typing import TypeVar

from scaffold.errors import UsageError

MAX_JOBS = 256  # in one matrix of GitHub Actions
T = TypeVar("T")


def shard(items: Sequence[T], text: str) -> list[T]:
    """Return the items of one shard, such as "2/5"; items are dealt out in turn.

    Raises:
        UsageError: the text is not a shard.
    """
    number, slash, count = text.partition("/")
    if not (slash and number.isdigit() and count.isdigit() and 1 <= int(number) <= int(count)):
        raise UsageError(f"{text!r} is not a shard", "for example --shard 2/5")
    return list(items[int(number) - 1 :: int(count)])


def github_matrix(labels: Sequence[str], runners: int, words: Sequence[str]) -> dict[str, object]:
    """Return the `strategy.matrix` of a GitHub Actions job.

    Args:
        labels: the labels of the cases.
        runners: the largest number of jobs; 0 for one per case, up to GitHub's limit.
        words: the command that selects the cases, without its shard.
    """
    count = min(len(labels), runners or MAX_JOBS, MAX_JOBS)
    include = []
    for number in range(1, count + 1):
        name = f"{number}/{count}"
        mine = shard(labels, name)
        title = mine[0] if len(mine) == 1 else f"{name}: {len(mine)} cases"
        include.append(
            {"shard": name, "name": title, "arguments": shlex.join([*words, "--shard", name])}
        )
    return {"include": include}

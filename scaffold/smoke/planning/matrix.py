"""Pairwise test matrices: few rows that cover every allowed pair of options."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

Row = Mapping[str, str]
Target = frozenset[tuple[str, str]]
ATTEMPTS = 12  # candidates for each row; more do not make the matrix shorter


@dataclass(frozen=True)
class Space:
    """The space of options.

    Args:
        parameters: each parameter with its values.
        feasible: tells whether a partial row can be completed to an allowed one.
        wanted: combinations of more than two values that must be covered too.
    """

    parameters: Mapping[str, Sequence[str]]
    feasible: Callable[[Row], bool]
    wanted: tuple[Target, ...] = ()


def targets(space: Space) -> list[Target]:
    """List every allowed pair of values of two parameters, and the wanted combinations."""
    names = list(space.parameters)
    pairs = [
        frozenset({(one, a), (other, b)})
        for one, other in combinations(names, 2)
        for a, b in product(space.parameters[one], space.parameters[other])
    ]
    singles = [frozenset({(name, value)}) for name in names for value in space.parameters[name]]
    found = [*pairs, *space.wanted] if len(names) > 1 else singles
    return [target for target in found if space.feasible(dict(target))]


def pairs(space: Space) -> list[Row]:
    """Return rows that cover every target, those that cover most first.

    The same space gives the same rows on every machine.
    """
    order = targets(space)
    open_ = dict.fromkeys(order)
    rows: list[Row] = []
    while open_:
        row = _best(space, list(open_))
        rows.append(row)
        for target in _covered(row, open_):
            del open_[target]
    return _ordered(rows, order)


def everything(space: Space) -> Iterator[Row]:
    """Yield every allowed row; there may be very many."""
    names = list(space.parameters)

    def extend(row: dict[str, str], rest: Sequence[str]) -> Iterator[Row]:
        if not rest:
            yield row
            return
        for value in space.parameters[rest[0]]:
            longer = {**row, rest[0]: value}
            if space.feasible(longer):
                yield from extend(longer, rest[1:])

    return extend({}, names)


def coverage(rows: Iterable[Row], space: Space) -> tuple[int, int]:
    """Count the targets that some rows cover, and all targets."""
    order = targets(space)
    held = {target for row in rows for target in _covered(row, order)}
    return len(held), len(order)


def _covered(row: Row, order: Iterable[Target]) -> list[Target]:
    items = frozenset(row.items())
    return [target for target in order if target <= items]


def _best(space: Space, open_: Sequence[Target]) -> Row:
    """Grow rows from several open targets and return the one that covers most."""
    step = max(1, len(open_) // ATTEMPTS)
    grown = [_grow(space, seed, open_, turn) for turn, seed in enumerate(open_[::step][:ATTEMPTS])]
    return max(grown, key=lambda row: len(_covered(row, open_)))


def _grow(space: Space, seed: Target, open_: Sequence[Target], turn: int) -> Row:
    """Complete a target to a row, choosing the values that cover most open targets."""
    row = dict(sorted(seed))
    names = list(space.parameters)
    cut = turn * 5 % len(names)
    for name in [*names[cut:], *names[:cut]]:
        if name in row:
            continue
        allowed = [
            value for value in space.parameters[name] if space.feasible({**row, name: value})
        ]
        near = [target for target in open_ if any(key == name for key, _ in target)]

        def gain(value: str, name: str = name, near: Sequence[Target] = near) -> tuple[int, int]:
            items = frozenset([*row.items(), (name, value)])
            mine = [target for target in near if (name, value) in target]
            return sum(target <= items for target in mine), len(mine)

        row[name] = max(allowed, key=gain)
    return {name: row[name] for name in names}


def _ordered(rows: Sequence[Row], order: Sequence[Target]) -> list[Row]:
    """Sort rows by what they add; drop those that add nothing."""
    held = [frozenset(_covered(row, order)) for row in rows]
    left, seen, result = list(range(len(rows))), set[Target](), list[Row]()
    while left:
        best = max(left, key=lambda index: (len(held[index] - seen), -index))
        if not held[best] - seen:
            break
        seen |= held[best]
        left.remove(best)
        result.append(rows[best])
    return result

"""Three-way merge of the order of keyed things."""

from collections.abc import Sequence


def merge_order(base: Sequence[str], yours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return the keys of both sides in one order.

    The order of yours is kept, unless only the template changed the order. What the other side
    adds comes right after its predecessor there.
    """
    shared = set(base) & set(yours) & set(theirs)
    was, mine, new = ([key for key in keys if key in shared] for keys in (base, yours, theirs))
    if mine == was and new != was:
        return _insert(list(theirs), yours)
    return _insert(list(yours), theirs)


def same_place(base: Sequence[str], yours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether both sides add different things after the same thing of the base."""
    mine, new = _additions(base, yours), _additions(base, theirs)
    return any(mine[place] != new[place] for place in mine.keys() & new.keys())


def _insert(result: list[str], others: Sequence[str]) -> list[str]:
    present = set(result)
    for place, key in enumerate(others):
        if key in present:
            continue
        if place:
            result.insert(result.index(others[place - 1]) + 1, key)
        else:
            following = next((other for other in others if other in present), None)
            result.insert(result.index(following) if following else 0, key)
        present.add(key)
    return result


def _additions(base: Sequence[str], keys: Sequence[str]) -> dict[str, list[str]]:
    known = set(base)
    places: dict[str, list[str]] = {}
    place = ""
    for key in keys:
        if key in known:
            place = key
        else:
            places.setdefault(place, []).append(key)
    return places

"""Which app comes before which."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from scaffold.model.fields.model import App, GrammarError
from scaffold.model.fields.reverse_names import references


def order_apps(apps: Sequence[App]) -> tuple[App, ...]:
    """Put apps that others refer to first, and else keep the order.

    Raises:
        GrammarError: apps refer to each other in a circle.
    """
    needs = _needs(apps)
    waiting = list(apps)
    ordered: list[App] = []
    while waiting:
        left = {app.name for app in waiting}
        ready = next((app for app in waiting if not needs[app.name] & left), None)
        if ready is None:
            raise _circle(waiting, needs, apps)
        ordered.append(ready)
        waiting.remove(ready)
    return tuple(ordered)


def _needs(apps: Sequence[App]) -> dict[str, set[str]]:
    needs: dict[str, set[str]] = {app.name: set() for app in apps}
    for reference in references(apps):
        if reference.target[0] != reference.app:
            needs[reference.app].add(reference.target[0])
    return needs


def _circle(
    waiting: Sequence[App], needs: Mapping[str, set[str]], apps: Sequence[App]
) -> GrammarError:
    order = [app.name for app in waiting]
    path: list[str] = []
    name = order[0]
    while name not in path:
        path.append(name)
        name = next(other for other in order if other in needs[name])
    circle = path[path.index(name) :]
    first = order.index(min(circle, key=order.index))
    start = circle.index(order[first])
    circle = [*circle[start:], *circle[:start], order[first]]
    steps = set(pairwise(circle))
    guilty = [str(r) for r in references(apps) if (r.app, r.target[0]) in steps]
    text = " → ".join(circle)
    return GrammarError(
        f"apps refer to each other in a circle: {text}",
        text,
        0,
        f"drop one of {', '.join(guilty)}, or move a resource into the other app",
    )

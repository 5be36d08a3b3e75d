"""References that must be there, in a circle: no first row could ever be made."""

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

from scaffold.model.fields.model import App, GrammarError
from scaffold.model.fields.reverse_names import Place, Reference, references


def check_first_rows(apps: Sequence[App]) -> None:
    """Refuse a circle of references none of which may be absent.

    A `ref` without `?` is required, and so is one row of an `m2m!`.

    Raises:
        GrammarError: the message names the circle.
    """
    needs: dict[Place, set[Place]] = {}
    steps: dict[tuple[Place, Place], Reference] = {}
    for reference in references(apps):
        field = reference.field
        if field.at_least_one if field.type == "m2m" else not field.optional:
            place = (reference.app, reference.resource.name)
            needs.setdefault(place, set()).add(reference.target)
            steps.setdefault((place, reference.target), reference)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle: list[Place] = error.args[1][::-1]  # graphlib names what is needed first
        first = steps[circle[0], circle[1]]
        raise GrammarError(
            f"no first row could be made: {' → '.join(name for _, name in circle)}",
            str(first.resource),
            first.resource.position(first.field),
            f"make one of them optional: {first.field.name}:…?",
        ) from None

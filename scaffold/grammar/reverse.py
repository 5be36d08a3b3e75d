"""The names that references get on the resource they point at."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scaffold.grammar.nouns import App, Field, Resource
from scaffold.grammar.rules import BUILTINS
from scaffold.grammar.spelling import plural, snake
from scaffold.grammar.words import ALWAYS_THERE, USER_ATTRIBUTES, field_word

Place = tuple[str, str]
USER: Place = ("accounts", "User")


class Reference(NamedTuple):
    """One `ref` or `m2m` and where it stands."""

    app: str
    resource: Resource
    field: Field
    target: Place

    def __str__(self) -> str:
        return f"{self.app}.{self.resource.name}.{self.field.name}"


def references(apps: Sequence[App]) -> Iterator[Reference]:
    """Every reference of every resource, in order."""
    for app in apps:
        for resource in app.resources:
            for field in resource.fields:
                if field.target is not None:
                    target = (field.target.app or app.name, field.target.name)
                    yield Reference(app.name, resource, field, target)


def wanted_names(found: Sequence[Reference]) -> list[str]:
    """Say which names references to one target would like.

    Args:
        found: all references to that target.

    Returns:
        For each reference the plural of its resource ("posts") where no other reference would
        take the same, else "<app>_<plural>_<field>".
    """
    many = [plural(snake(reference.resource.name)) for reference in found]
    times = Counter(many)
    return [
        name if times[name] == 1 else f"{reference.app}_{name}_{reference.field.name}"
        for name, reference in zip(many, found, strict=True)
    ]


def own_names(target: Resource) -> dict[str, Field]:
    """List the names that the fields of a resource take on it."""
    return {key: field for field in target.fields for key in (field.name, field.key())}


def reverse_name(app: str, resource: Resource, field: Field, apps: Sequence[App]) -> str:
    """Name the other end of a reference: on its target, unique, and never one of its fields.

    Args:
        app: the app of the resource.
        resource: the resource that holds the reference.
        field: the reference.
        apps: all apps of the recipe.
    """
    if field.target is None:
        raise ValueError(f"{field.name} is no reference")
    target = (field.target.app or app, field.target.name)
    found = [reference for reference in references(apps) if reference.target == target]
    names = allocate(found, _taken(target, apps))
    return names[app, resource.name, field.name]


def allocate(found: Sequence[Reference], taken: set[str]) -> dict[tuple[str, str, str], str]:
    """Give each reference to one target its name; the order of the apps does not matter."""
    pairs = sorted(zip(wanted_names(found), found, strict=True), key=lambda pair: str(pair[1]))
    used = set(taken)
    names: dict[tuple[str, str, str], str] = {}
    for name, reference in pairs:
        app, field = reference.app, reference.field.name
        free = name
        if _is_taken(free, used):
            free = f"{app}_{plural(snake(reference.resource.name))}_{field}"
        while _is_taken(free, used):
            free = f"{free}_set"
        used.add(free)
        names[app, reference.resource.name, field] = free
    return names


def _is_taken(name: str, used: set[str]) -> bool:
    return name in used or name in ALWAYS_THERE or name in BUILTINS or bool(field_word(name))


def _taken(target: Place, apps: Sequence[App]) -> set[str]:
    if target == USER:
        return set(USER_ATTRIBUTES)
    return {
        name
        for app in apps
        for resource in app.resources
        if (app.name, resource.name) == target
        for name in own_names(resource)
    }

"""The names that references get on the resource they point at."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scaffold.model.fields.inflection import plural, snake
from scaffold.model.fields.model import App, Field, Resource
from scaffold.model.fields.name_rules import BUILTINS
from scaffold.model.fields.reserved_words import ALWAYS_THERE, USER_ATTRIBUTES, field_word

Place = tuple[str, str]
Key = tuple[str, str, str]
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


def reverse_names(apps: Sequence[App]) -> dict[Key, str]:
    """Name the other ends of all references, by app, resource and field.

    Each name is unique on its target, and never that of one of its fields.
    """
    resources = {(app.name, one.name): one for app in apps for one in app.resources}
    names: dict[Key, str] = {}
    for target, found in by_target(apps).items():
        own = set(own_names(resources[target])) if target in resources else set()
        names |= _allocate(found, own | USER_ATTRIBUTES if target == USER else own)
    return names


def by_target(apps: Sequence[App]) -> dict[Place, list[Reference]]:
    """Group all references by what they point at."""
    groups: dict[Place, list[Reference]] = {}
    for reference in references(apps):
        groups.setdefault(reference.target, []).append(reference)
    return groups


def _allocate(found: Sequence[Reference], used: set[str]) -> dict[Key, str]:
    """Give each reference to one target its name; the order of the apps does not matter."""
    pairs = sorted(zip(wanted_names(found), found, strict=True), key=lambda pair: str(pair[1]))
    names: dict[Key, str] = {}
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

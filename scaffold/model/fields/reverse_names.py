"""Names of the reverse ends of references."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scaffold.model.fields.inflection import plural, snake
from scaffold.model.fields.model import App, Field, Resource
from scaffold.model.fields.name_rules import BUILTINS
from scaffold.model.fields.reserved_words import ALWAYS_THERE, USER_ATTRIBUTES, field_word

ResourceKey = tuple[str, str]  # app, resource
FieldKey = tuple[str, str, str]  # app, resource, field
USER: ResourceKey = ("accounts", "User")


class Reference(NamedTuple):
    """A `ref` or `m2m` field with its resource and target."""

    app: str
    resource: Resource
    field: Field
    target: ResourceKey

    def __str__(self) -> str:
        return f"{self.app}.{self.resource.name}.{self.field.name}"


def references(apps: Sequence[App]) -> Iterator[Reference]:
    """Yield every reference of every resource, in order."""
    for app in apps:
        for resource in app.resources:
            for field in resource.fields:
                if field.target is not None:
                    target = (field.target.app or app.name, field.target.name)
                    yield Reference(app.name, resource, field, target)


def wanted_names(found: Sequence[Reference]) -> list[str]:
    """Return the preferred reverse names of all references to one target.

    Returns:
        For each reference the plural of its resource ("posts") if no other reference has the
        same, else "<app>_<plural>_<field>".
    """
    many = [plural(snake(reference.resource.name)) for reference in found]
    times = Counter(many)
    return [
        name if times[name] == 1 else f"{reference.app}_{name}_{reference.field.name}"
        for name, reference in zip(many, found, strict=True)
    ]


def own_names(target: Resource) -> dict[str, Field]:
    """Map the names that the fields of a resource use to the fields."""
    return {key: field for field in target.fields for key in (field.name, field.key())}


def reverse_names(apps: Sequence[App]) -> dict[FieldKey, str]:
    """Return the reverse names of all references by app, resource and field.

    Each name is unique on its target and differs from the names of its fields.
    """
    resources = {(app.name, one.name): one for app in apps for one in app.resources}
    names: dict[FieldKey, str] = {}
    for target, found in by_target(apps).items():
        own = set(own_names(resources[target])) if target in resources else set()
        names |= _allocate(found, own | USER_ATTRIBUTES if target == USER else own)
    return names


def by_target(apps: Sequence[App]) -> dict[ResourceKey, list[Reference]]:
    """Group all references by target."""
    groups: dict[ResourceKey, list[Reference]] = {}
    for reference in references(apps):
        groups.setdefault(reference.target, []).append(reference)
    return groups


def _allocate(found: Sequence[Reference], used: set[str]) -> dict[FieldKey, str]:
    """Name each reference to one target, whatever the order of the apps."""
    pairs = sorted(zip(wanted_names(found), found, strict=True), key=lambda pair: str(pair[1]))
    names: dict[FieldKey, str] = {}
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

"""Rules for several apps together, and their order."""

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from scaffold.errors import did_you_mean
from scaffold.model.fields.access import check_access
from scaffold.model.fields.inflection import pascal, plural, snake
from scaffold.model.fields.model import App, GrammarError, Resource
from scaffold.model.fields.parser import parse_resource
from scaffold.model.fields.reserved_words import CLASS_SUFFIXES
from scaffold.model.fields.reverse_names import (
    USER,
    Reference,
    ResourceKey,
    by_target,
    own_names,
    references,
    wanted_names,
)
from scaffold.model.identifiers import check_app_name

# 63 characters of PostgreSQL, less "ck_", "_valid" and the "_" between table and field.
TABLE_AND_FIELD = 63 - len("ck__valid") - 1


def check_apps(apps: Sequence[App]) -> None:
    """Check that the apps of a recipe fit together.

    Raises:
        UsageError: the name of an app is refused.
        GrammarError: a resource is refused, alone or beside the others.
    """
    names: set[str] = set()
    for app in apps:
        check_app_name(app.name)
        if app.name in names:
            raise GrammarError(f"there are two apps {app.name}", app.name, 0, "unite them")
        names.add(app.name)
        _check_resources(app)
    _check_tables(apps)
    _check_targets(apps)
    _check_reverse_names(apps)
    order_apps(apps)
    _check_first_rows(apps)
    check_access(apps)


def order_apps(apps: Sequence[App]) -> tuple[App, ...]:
    """Sort apps so that each comes after those that it refers to; otherwise keep the order.

    Raises:
        GrammarError: apps refer to each other in a circle.
    """
    sorter = TopologicalSorter(_app_dependencies(apps))
    try:
        sorter.prepare()
    except CycleError as error:
        raise _app_circle(error.args[1][::-1], apps) from None
    by_name = {app.name: app for app in apps}
    ready: list[str] = []
    ordered: list[App] = []
    while sorter.is_active():
        ready += sorter.get_ready()
        name = min(ready, key=list(by_name).index)
        ready.remove(name)
        sorter.done(name)
        ordered.append(by_name[name])
    return tuple(ordered)


def _app_dependencies(apps: Sequence[App]) -> dict[str, list[str]]:
    dependencies: dict[str, list[str]] = {app.name: [] for app in apps}
    for reference in references(apps):
        target = reference.target[0]
        if target != reference.app and target in dependencies:
            dependencies[reference.app].append(target)
    return dependencies


def _app_circle(circle: list[str], apps: Sequence[App]) -> GrammarError:
    """Return the error for a circle, which begins and ends with the same app."""
    order = [app.name for app in apps]
    start = circle.index(min(circle, key=order.index))
    path = [*circle[start:-1], *circle[:start], circle[start]]
    steps = set(pairwise(path))
    guilty = [str(ref) for ref in references(apps) if (ref.app, ref.target[0]) in steps]
    text = " → ".join(path)
    return GrammarError(
        f"apps refer to each other in a circle: {text}",
        text,
        0,
        f"drop one of {', '.join(guilty)}, or move a resource into the other app",
    )


def _check_first_rows(apps: Sequence[App]) -> None:
    """Refuse a circle of required references: no first row could be created."""
    needs: dict[ResourceKey, list[ResourceKey]] = {}
    steps: dict[tuple[ResourceKey, ResourceKey], Reference] = {}
    for reference in references(apps):
        field = reference.field
        if field.at_least_one if field.type == "m2m" else not field.optional:
            key = (reference.app, reference.resource.name)
            needs.setdefault(key, []).append(reference.target)
            steps.setdefault((key, reference.target), reference)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle: list[ResourceKey] = error.args[1][::-1]
        first = steps[circle[0], circle[1]]
        raise GrammarError(
            f"no first row could be created: {' → '.join(name for _, name in circle)}",
            str(first.resource),
            first.resource.position(first.field),
            f"make one of them optional: {first.field.name}:…?",
        ) from None


def _check_resources(app: App) -> None:
    seen: dict[str, str] = {}
    for resource in app.resources:
        text = str(resource)
        parse_resource(text)
        name = snake(resource.name)
        for word in (name, plural(name)):
            if word in seen:
                other = seen[word]
                raise GrammarError(
                    f"{app.name} has two resources {other}"
                    if other == resource.name
                    else f"{other} and {resource.name} would both be called {word}",
                    text,
                    0,
                    "rename one of them",
                )
        seen |= dict.fromkeys((name, plural(name)), resource.name)
        _check_table_names(name, resource)
    classes = {name: resource for resource in app.resources for name in _classes(resource)}
    for resource in app.resources:
        if owner := classes.get(resource.name):
            raise GrammarError(
                f"code about {owner.name} has a class {resource.name} of its own",
                str(resource),
                0,
                f"for example {resource.name}Entry",
            )


def _check_table_names(name: str, resource: Resource) -> None:
    """The table of an m2m is called `<resource>_<field>` in code; no field may hide it."""
    tables = {f"{name}_{field.name}": field for field in resource.fields if field.type == "m2m"}
    for field in resource.fields:
        if field.name in tables:
            raise GrammarError(
                f"{field.name} is what code calls the table of {tables[field.name].name}",
                str(resource),
                resource.position(field),
                "rename the field",
            )


def _classes(resource: Resource) -> Iterator[str]:
    """Yield the classes that a pack may name after a resource."""
    yield from (resource.name + suffix for suffix in CLASS_SUFFIXES)
    yield from (resource.name + pascal(f.name) for f in resource.fields if f.type == "enum")


def _check_tables(apps: Sequence[App]) -> None:
    tables: dict[str, str] = {}
    for app in apps:
        for resource in app.resources:
            where = f"{app.name}.{resource.name}"
            table = f"{app.name}_{snake(resource.name)}"
            made = {table: 0} | {
                f"{table}_{field.name}": resource.position(field)
                for field in resource.fields
                if field.type == "m2m"
            }
            for name, position in made.items():
                if name in tables:
                    raise GrammarError(
                        f"{tables[name]} and {where} both make the table {name}",
                        str(resource),
                        position,
                        "rename one of them",
                    )
                tables[name] = where
            _check_lengths(table, resource)


def _check_lengths(table: str, resource: Resource) -> None:
    for field in resource.fields:
        if (over := len(table) + len(field.key()) - TABLE_AND_FIELD) > 0:
            raise GrammarError(
                f"names of constraints on {table}.{field.name} would exceed "
                "PostgreSQL's limit of 63 characters",
                str(resource),
                resource.position(field),
                f"shorten the app, the resource or the field by {over}",
            )


def _check_targets(apps: Sequence[App]) -> None:
    known = {(app.name, resource.name) for app in apps for resource in app.resources} | {USER}
    for reference in references(apps):
        if reference.target not in known:
            app, name = reference.target
            raise GrammarError(
                f"{reference} refers to {app}.{name}, which does not exist",
                str(reference.resource),
                _target_position(reference),
                _target_hint(app, name, known),
            )


def _target_position(reference: Reference) -> int:
    before = f"{reference.field.name}:{reference.field.type}("
    return reference.resource.position(reference.field) + len(before)


def _target_hint(app: str, name: str, known: set[ResourceKey]) -> str:
    for key in sorted(known):
        if key[1] == name:
            return f"did you mean {'.'.join(key)}?"
    return did_you_mean(f"{app}.{name}", [".".join(key) for key in known])


def _check_reverse_names(apps: Sequence[App]) -> None:
    resources = {(app.name, r.name): r for app in apps for r in app.resources}
    for target, found in by_target(apps).items():
        if target == USER:
            continue
        resource = resources[target]
        own = own_names(resource)
        for reference, name in zip(found, wanted_names(found), strict=True):
            if name in own:
                raise GrammarError(
                    f"{'.'.join(target)}.{own[name].name} clashes with the other end of "
                    f"{reference}, which is called {name}",
                    str(resource),
                    resource.position(own[name]),
                    "rename the field",
                )

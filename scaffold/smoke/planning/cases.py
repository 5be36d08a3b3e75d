"""A pack's options as a space to choose from, and the cases that follow from a choice."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scaffold.errors import ScaffoldError, UsageError
from scaffold.model.fields import App
from scaffold.model.recipe import Recipe, parse_apps
from scaffold.packs.pack import Pack, choose
from scaffold.smoke.config import Table
from scaffold.smoke.planning.matrix import Row, Space
from scaffold.smoke.results import Case
from scaffold.suggest import nearest

ON, OFF = "on", "off"
NONE = "-"  # no member of a group
GROUP = "group "
RESOURCES = "resources"


def space(pack: Pack, table: Table) -> Space:
    """What a pack lets one choose: features, one member of each group, a set of resources."""
    parameters: dict[str, tuple[str, ...]] = {}
    for name, feature in pack.features.items():
        if feature.group:
            key = GROUP + feature.group
            parameters[key] = (*parameters.get(key, (NONE,)), name)
        else:
            parameters[name] = (OFF, ON)
    if table.resources:
        parameters[RESOURCES] = tuple(table.resources)
    joints = tuple(
        frozenset(_item(pack, name) for name in joint.features)
        for joint in pack.joints
        if len(joint.features) > 2  # noqa: PLR2004 - two are a pair
    )
    return Space(parameters, lambda row: _feasible(pack, row), joints)


def features_of(pack: Pack, row: Row) -> tuple[str, ...]:
    """The features that a row turns on, sorted."""
    single = {name for name, value in row.items() if value == ON and name in pack.features}
    members = {v for name, v in row.items() if name.startswith(GROUP) and v != NONE}
    return tuple(sorted(single | members))


def case_of(pack: Pack, table: Table, features: Iterable[str], resources: str) -> Case:
    """The case of a choice; features that others require are added.

    Raises:
        UsageError: the choice is not allowed, or there is no such set of resources.
    """
    chosen, _ = choose(pack, features)
    recipe = Recipe(
        pack=str(pack.root), name="Acme", slug="acme", features=chosen,
        apps=apps_of(table, resources), pack_version=pack.version,
    )  # fmt: skip
    return Case(label(pack, chosen, resources), recipe, pack, resources)


def apps_of(table: Table, resources: str) -> tuple[App, ...]:
    """The apps of a named set of resources.

    Raises:
        UsageError: there is no such set.
    """
    if not resources:
        return ()
    if resources not in table.resources:
        raise UsageError(
            f"there is no set of resources {resources}", nearest(resources, table.resources)
        )
    return parse_apps({app: list(lines) for app, lines in table.resources[resources].items()})


def changed_choice(
    case: Case, table: Table, features: Iterable[str] | None, resources: str | None
) -> Case:
    """A case from a recipe file with other features or resources, where these are given."""
    chosen = choose(case.pack, case.recipe.features if features is None else features)[0]
    apps = case.recipe.apps if resources is None else apps_of(table, resources)
    recipe = replace(case.recipe, features=chosen, apps=apps)
    name = case.resources if resources is None else resources
    return replace(case, recipe=recipe, resources=name, label=label(case.pack, chosen, name))


def label(pack: Pack, features: Iterable[str], resources: str) -> str:
    """A choice in few words: how it differs from the pack's defaults, or what it is where shorter.

    Names are as unique as the choice.
    """
    chosen, usual = set(features), set(pack.defaults)
    plain = [f"+{name}" for name in sorted(chosen)]
    less = [f"-{name}" for name in sorted(usual - chosen)]
    changed = ["defaults", *(f"+{name}" for name in sorted(chosen - usual)), *less]
    words = plain if len(plain) < len(changed) or not usual else changed
    return " ".join([pack.name, *(words or ["base"]), *([f"({resources})"] if resources else [])])


def _item(pack: Pack, name: str) -> tuple[str, str]:
    group = pack.features[name].group
    return (GROUP + group, name) if group else (name, ON)


def _feasible(pack: Pack, row: Row) -> bool:
    """Whether a partial row can be completed: leaving all else out must be allowed.

    Requirements only add and conflicts only forbid, so the smallest completion decides.
    """
    try:
        chosen, _ = choose(pack, features_of(pack, row))
    except ScaffoldError:
        return False
    return all(_agrees(pack, row, name) for name in chosen)


def _agrees(pack: Pack, row: Mapping[str, str], name: str) -> bool:
    key, value = _item(pack, name)
    return row.get(key, value) == value

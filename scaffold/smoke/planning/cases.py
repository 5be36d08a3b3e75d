"""The options of a pack as a matrix space, and the case for each choice of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scaffold.errors import ScaffoldError, UsageError, did_you_mean
from scaffold.model.fields import App
from scaffold.model.recipe import Recipe, parse_apps
from scaffold.packs.pack import Pack, choose_features
from scaffold.smoke.config import SmokeConfig
from scaffold.smoke.planning.matrix import Row, Space
from scaffold.smoke.results import Case

ON, OFF = "on", "off"
NONE = "-"  # no member of a group
GROUP = "group "
RESOURCES = "resources"


def space(pack: Pack, config: SmokeConfig) -> Space:
    """Return the options of a pack: features, one member of each group, a set of resources."""
    parameters: dict[str, tuple[str, ...]] = {}
    for name, feature in pack.features.items():
        if feature.group:
            key = GROUP + feature.group
            parameters[key] = (*parameters.get(key, (NONE,)), name)
        else:
            parameters[name] = (OFF, ON)
    if config.resources:
        parameters[RESOURCES] = tuple(config.resources)
    joints = tuple(
        frozenset(_item(pack, name) for name in joint.features)
        for joint in pack.joints
        if len(joint.features) > 2  # noqa: PLR2004 - two are a pair
    )
    return Space(parameters, lambda row: _feasible(pack, row), joints)


def features_of(pack: Pack, row: Row) -> tuple[str, ...]:
    """Return the features that a row turns on, sorted."""
    single = {name for name, value in row.items() if value == ON and name in pack.features}
    members = {v for name, v in row.items() if name.startswith(GROUP) and v != NONE}
    return tuple(sorted(single | members))


def case_of(pack: Pack, config: SmokeConfig, features: Iterable[str], resources: str) -> Case:
    """Return the case of a choice; required features are added.

    Raises:
        UsageError: the choice is not allowed, or there is no such set of resources.
    """
    chosen, _ = choose_features(pack, features)
    recipe = Recipe(
        pack=str(pack.root),
        name="Acme",
        slug="acme",
        features=chosen,
        apps=apps_of(config, resources),
        pack_version=pack.version,
    )
    return Case(label(pack, chosen, resources), recipe, pack, resources)


def apps_of(config: SmokeConfig, resources: str) -> tuple[App, ...]:
    """Return the apps of a named set of resources.

    Raises:
        UsageError: there is no such set.
    """
    if not resources:
        return ()
    if resources not in config.resources:
        raise UsageError(
            f"there is no set of resources {resources}", did_you_mean(resources, config.resources)
        )
    return parse_apps({app: list(lines) for app, lines in config.resources[resources].items()})


def changed_choice(
    case: Case, config: SmokeConfig, features: Iterable[str] | None, resources: str | None
) -> Case:
    """Return a case with other features or resources, if any are given."""
    chosen = choose_features(case.pack, case.recipe.features if features is None else features)[0]
    apps = case.recipe.apps if resources is None else apps_of(config, resources)
    recipe = replace(case.recipe, features=chosen, apps=apps)
    name = case.resources if resources is None else resources
    return replace(case, recipe=recipe, resources=name, label=label(case.pack, chosen, name))


def label(pack: Pack, features: Iterable[str], resources: str) -> str:
    """Describe a choice by its difference from the defaults of the pack, or in full if shorter."""
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
    """Tell whether a partial row can be completed to an allowed one.

    Requirements only add features and conflicts only forbid them, so it is enough to check the
    smallest completion.
    """
    try:
        chosen, _ = choose_features(pack, features_of(pack, row))
    except ScaffoldError:
        return False
    return all(_agrees(pack, row, name) for name in chosen)


def _agrees(pack: Pack, row: Mapping[str, str], name: str) -> bool:
    key, value = _item(pack, name)
    return row.get(key, value) == value

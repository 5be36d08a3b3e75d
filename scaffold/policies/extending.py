"""One policy on top of another: it can add and tighten, and never weaken."""

from collections.abc import Iterator, Mapping

from scaffold.checks.config import strictness
from scaffold.errors import UsageError
from scaffold.inputs.edit import DATABASE, PLAIN_DATABASE
from scaffold.model.versions import numbers
from scaffold.policies.policy import ALLOW, Policy, Setting
from scaffold.policies.reader import Layer


def extend(parent: Policy, layer: Layer, *, strictly: bool = True) -> Policy:
    """Return the policy that a layer makes of the one it extends.

    Args:
        parent: the policy; an empty one for a layer that extends nothing.
        layer: what is on top of it.
        strictly: refuse what weakens the policy; otherwise the layer counts for nothing there.

    Raises:
        UsageError: the layer weakens what it extends.
    """
    wrong = next(weakened(parent, layer), None)
    if wrong and strictly:
        raise UsageError(
            f"the policy {layer.name} weakens {parent.name}: {wrong}",
            f"leave it out, or ask {parent.owner} to change {parent.name}",
        )
    settings = dict(parent.settings)
    for key in layer.no_opinion:
        settings.pop(key, None)
    for key, own in layer.settings.items():
        before = settings.get(key)
        kept = before and (before.value == own.value or not _may_replace(key, before, own))
        settings[key] = before if before and kept else own
    return Policy(
        layer.name,
        layer.owner,
        settings,
        (*parent.exceptions, *layer.exceptions),
        (parent.name, *parent.extends) if parent.name else (),
    )


def weakened(parent: Policy, layer: Layer) -> Iterator[str]:
    """Yield how a layer weakens what it extends, in words."""
    if layer.name in (parent.name, *parent.extends):
        yield f"it has the name of {layer.name}, which it extends"
    for key, own in layer.settings.items():
        before = parent.settings.get(key)
        if before and not _may_replace(key, before, own):
            yield f"{key} is {before.text}, set by {before.owner}, and cannot be {own.text}"
    for one in layer.exceptions:
        keys = (one.key, f"rules.levels.{one.rule}", f"rules.limits.{one.rule}")
        for key in keys:
            if key in parent.settings:
                owner = parent.settings[key].owner
                yield f"it has an exception from {key}, which is set by {owner}"


def contradictions(settings: Mapping[str, Setting]) -> Iterator[str]:
    """Yield what in a policy cannot be obeyed together, in words."""
    policy = Policy("", "", settings)
    yield from _impossible_features(policy)
    locks = policy.table("locks")
    if "pack" in settings and "framework" in locks:
        yield "pack and locks.framework both say what a project is made from"
    for key, default in policy.table("defaults").items():
        if key in locks and locks[key].value != default.value:
            yield f"defaults.{key} is {default.text}, and locks.{key} is {locks[key].text}"


def _impossible_features(policy: Policy) -> Iterator[str]:
    """Yield the features that a policy wants and does not let through."""
    required, forbidden = policy.table("features.require"), policy.table("features.forbid")
    allowed, exact = policy.settings.get(ALLOW), policy.settings.get("locks.features")
    for key, name in _wanted(policy):
        if name in forbidden:
            yield f"{key} wants {name}, which features.forbid has"
        elif allowed and name not in _words(allowed):
            yield f"{key} wants {name}, which features.allow does not have"
    for name in sorted(set(required) - set(_words(exact))) if exact else ():
        yield f"features.require.{name} is not among locks.features"


def _wanted(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield the key and the name of every feature that a policy wants."""
    for name in policy.table("features.require"):
        yield f"features.require.{name}", name
    for table in ("locks", "defaults"):
        database = policy.settings.get(f"{table}.{DATABASE}")
        if database and database.value != PLAIN_DATABASE:
            yield f"{table}.{DATABASE}", database.text
        if features := policy.settings.get(f"{table}.features"):
            yield from ((f"{table}.features", name) for name in _words(features))


def _may_replace(key: str, before: Setting, own: Setting) -> bool:
    """Tell whether a setting that is inherited may be replaced."""
    if key.startswith("defaults."):
        return True
    if key.startswith("minimums."):
        return numbers(own.text) >= numbers(before.text)
    if key.startswith("rules.levels."):
        return strictness(own.value) >= strictness(before.value)  # type: ignore[arg-type]  # checked when read
    if key.startswith("rules.limits."):
        return int(str(own.value)) <= int(str(before.value))
    if key == ALLOW:
        return set(_words(own)) <= set(_words(before))
    return own.value == before.value


def _words(setting: Setting) -> tuple[str, ...]:
    return setting.value if isinstance(setting.value, tuple) else ()

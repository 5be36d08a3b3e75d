"""What in a recipe breaks a policy: the one place that decides it, for every command."""

from collections.abc import Iterator
from dataclasses import dataclass

from scaffold.checks.rule import Rule
from scaffold.checks.rules.policy import FEATURE, LOCK, MINIMUM, PACK
from scaffold.errors import ScaffoldError
from scaffold.inputs.edit import DATABASE, PLAIN_DATABASE
from scaffold.model.recipe import Recipe
from scaffold.model.versions import numbers
from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.packs.pack import Pack, choose_features
from scaffold.packs.sources import Origin, Source, parse_source
from scaffold.policies.policy import ALLOW, Policy, Setting
from scaffold.policies.policy import PACK as PACK_KEY


@dataclass(frozen=True)
class Breach:
    """A setting of a policy that a project does not obey.

    Args:
        rule: the rule that reports it.
        key: the setting.
        setting: what is set, and by whom.
        message: one sentence that says what is wrong.
        hint: what to type.
        known: whether it is so; otherwise it cannot be known.
    """

    rule: Rule
    key: str
    setting: Setting
    message: str
    hint: str
    known: bool = True


def breaches(
    policy: Policy, recipe: Recipe, pack: Pack | None, origin: Origin | None
) -> Iterator[Breach]:
    """Yield what in a recipe breaks a policy.

    Args:
        policy: as it holds in the project's repository.
        recipe: what the project is.
        pack: its pack; None where it is not at hand.
        origin: where its pack comes from; None for one that was not fetched.
    """
    if setting := policy.settings.get(PACK_KEY):
        yield from _pack(setting, recipe, origin)
    for key, setting in policy.table("locks").items():
        yield from _lock(key, setting, recipe, pack)
    if (setting := policy.table("minimums").get("template")) and (
        numbers(recipe.pack_version) < numbers(setting.text)
    ):
        message = f"the template is {recipe.pack} {recipe.pack_version or 'without a version'}"
        yield _breach(MINIMUM, "minimums.template", setting, message, "scaffold update", "or newer")
    yield from _features(policy, recipe)


def is_same_pack(text: str, place: Source | Origin | None) -> bool:
    """Return whether a pack comes from a source, whatever its version.

    Args:
        text: the source.
        place: where the pack comes from; None for one that was not fetched.
    """
    wanted = parse_source(text)
    address = place.public if isinstance(place, Source) else place.url if place else ""
    return place is not None and (address, place.directory) == (wanted.public, wanted.directory)


def database_of(recipe: Recipe, pack: Pack | None) -> str:
    """Return the database of a recipe: the feature that brings it, or the plain one."""
    found = databases(pack) & set(recipe.features)
    return min(found, default=PLAIN_DATABASE)


def databases(pack: Pack | None) -> set[str]:
    """Return the features that bring a database: of a pack, or of the built-in ones."""
    packs = [pack] if pack else [find_pack(name) for name in BUILT_IN]
    return {one.name for pack in packs for one in pack.features.values() if one.group == DATABASE}


def _pack(setting: Setting, recipe: Recipe, origin: Origin | None) -> Iterator[Breach]:
    if not is_same_pack(setting.text, origin):
        message = f"the project is made from {origin or recipe.pack}"
        yield _breach(PACK, PACK_KEY, setting, message, f"scaffold new {setting.text} PATH")


def _lock(key: str, setting: Setting, recipe: Recipe, pack: Pack | None) -> Iterator[Breach]:
    name = f"locks.{key}"
    if key == "framework":
        if recipe.pack != setting.value:
            hint = f"scaffold new PATH --framework {setting.text}"
            yield _breach(LOCK, name, setting, f"the framework is {recipe.pack}", hint)
    elif key == DATABASE:
        if (found := database_of(recipe, pack)) != setting.value:
            hint = f"scaffold set database={setting.text}"
            yield _breach(LOCK, name, setting, f"the database is {found}", hint)
    elif key == "features":
        wanted = set(_closed(setting, pack))
        if differing := sorted(wanted ^ set(recipe.features)):
            message = f"the features differ in {', '.join(differing)}"
            hint = f"scaffold set features={','.join(sorted(wanted))}"
            yield _breach(LOCK, name, setting, message, hint)
    elif key not in recipe.answers:
        message = f"the project records no answer for {key}"
        yield Breach(LOCK, name, setting, message, "adopted projects have none", False)
    elif (answer := recipe.answers[key]) != setting.value:
        text = answer if isinstance(answer, str) else ", ".join(answer) or "none"
        flag = f"--{key.replace('_', '-')}"
        typed = setting.text.replace(", ", ",")
        yield _breach(LOCK, name, setting, f"{key} is {text}", f"type {flag} {typed}")


def _features(policy: Policy, recipe: Recipe) -> Iterator[Breach]:
    for name, setting in policy.table("features.forbid").items():
        if name in recipe.features:
            hint = f"leave {name} out: --without {name}, or scaffold remove feature {name}"
            message = f"the feature {name} is forbidden by {setting.owner}"
            yield Breach(FEATURE, f"features.forbid.{name}", setting, message, hint)
    if allowed := policy.settings.get(ALLOW):
        known = allowed.value if isinstance(allowed.value, tuple) else ()
        for name in sorted(set(recipe.features) - set(known)):
            hint = f"leave {name} out: --without {name}, or scaffold remove feature {name}"
            message = f"the feature {name} is not among those that {allowed.owner} allows"
            yield Breach(FEATURE, f"{ALLOW}.{name}", allowed, message, hint)
    for name, setting in policy.table("features.require").items():
        if name not in recipe.features:
            hint = f"--feature {name}, or scaffold add feature {name}"
            message = f"the feature {name} is required by {setting.owner}, and is not there"
            yield Breach(FEATURE, f"features.require.{name}", setting, message, hint)


def _closed(setting: Setting, pack: Pack | None) -> tuple[str, ...]:
    """Return the features of a lock with those that they require."""
    names = setting.value if isinstance(setting.value, tuple) else ()
    try:
        return choose_features(pack, names)[0] if pack else names
    except ScaffoldError:
        return names  # the pack lacks one, which is a difference


def _breach(
    rule: Rule, key: str, setting: Setting, message: str, hint: str, more: str = ""
) -> Breach:
    words = f"{setting.set_by} {more}".rstrip()
    return Breach(rule, key, setting, f"{message}, but {key} is {words}", hint)

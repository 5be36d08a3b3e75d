"""A policy on the values of a new project: locks are set, defaults fill in what nobody gave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scaffold.errors import ScaffoldError, UsageError
from scaffold.inputs.edit import DATABASE, PLAIN_DATABASE
from scaffold.inputs.resolve import PROJECT_KEYS, Proposal
from scaffold.packs.catalog import find_pack, find_source
from scaffold.packs.pack import Pack
from scaffold.packs.sources import Source
from scaffold.policies.breaches import breaches, databases, is_same_pack
from scaffold.policies.policy import ALLOW, PACK, Policy, Setting
from scaffold.recommendation.questions import complete
from scaffold.recommendation.recommend import recommend

Values = Mapping[str, Any]
FRAMEWORK, FEATURES = "framework", "features"


@dataclass(frozen=True)
class Settled:
    """Values with what a policy sets.

    Args:
        values: they go to `resolve`.
        suggested: the keys that only a default of the policy sets, so that they may be asked for.
    """

    values: Values
    suggested: frozenset[str] = frozenset()


def settle(policy: Policy, given: Values) -> Settled:
    """Set what a policy locks among the values of a new project, and add its defaults.

    Args:
        policy: the policy.
        given: what was given; a lock that it differs from is an error.

    Raises:
        UsageError: a locked key was given another value; the message says who locked it.
    """
    values = dict(given)
    _take_pack(policy, values)
    for key, setting in policy.table("locks").items():
        if key != DATABASE:
            _take_lock(key, setting, values)
    defaults = {
        key: one.value
        for key, one in policy.table("defaults").items()
        if key != DATABASE and key not in values
    }
    values |= defaults
    _take_features(policy, values, find_pack(_framework(values)))
    return Settled(values, frozenset(defaults))


def obeyed(policy: Policy, proposal: Proposal) -> Proposal:
    """Return a proposal that obeys a policy, with a note on what is set and by whom.

    Raises:
        UsageError: it breaks the policy; the message says who set what, the hint what to type.
    """
    recipe = replace(proposal.recipe, pack=proposal.pack.name)
    for breach in breaches(policy, recipe, proposal.pack, proposal.pack.origin):
        if breach.known:
            raise UsageError(f"{breach.message} (policy {policy.name})", breach.hint)
    wanted, unwanted = wishes(policy, proposal.pack)
    decided = {**unwanted, **wanted, **locked_keys(policy)}
    set_by = {key: one.owner for key, one in decided.items()}
    return replace(proposal, notes=(*notes(policy), *proposal.notes), set_by=set_by)


def notes(policy: Policy) -> tuple[str, ...]:
    """Return what people should know of a policy before they create a project."""
    found: dict[str, list[str]] = {}
    for key, one in policy.settings.items():
        if key == PACK or key.startswith("locks."):
            words = f"{key.removeprefix('locks.').replace('_', ' ')} {one.text}"
            found.setdefault(one.owner, []).append(words)
    told = [f"set by {owner}: {'; '.join(words)}" for owner, words in found.items()]
    if python := policy.settings.get("minimums.python"):
        words = f"{python.owner} wants Python {python.text} or newer"
        told.append(f"{words}: see requires-python in pyproject.toml")
    if policy.record is None:
        told.append(
            f"the policy {policy.name} is a file of this machine, which a project cannot record; "
            "give it an address"
        )
    return (*told, *((policy.note,) if policy.note else ()))


def locked_keys(policy: Policy) -> dict[str, Setting]:
    """Return the keys of a recipe that nobody is asked for, and who set them."""
    pack = policy.settings.get(PACK)
    return {**policy.table("locks"), **({FRAMEWORK: pack} if pack else {})}


def _take_pack(policy: Policy, values: dict[str, Any]) -> None:
    setting = policy.settings.get(PACK)
    if setting is None:
        return
    given = values.get(FRAMEWORK)
    source = find_source(str(given)) if given else None
    if given and not (isinstance(source, Source) and is_same_pack(setting.text, source)):
        raise _otherwise("the pack", str(given), setting, f"scaffold new {setting.text} PATH")
    values.setdefault(FRAMEWORK, setting.text)


def _take_lock(key: str, setting: Setting, values: dict[str, Any]) -> None:
    given: Any = values.get(key, setting.value)
    same = set(given) == set(setting.value) if key == FEATURES else given == setting.value  # type: ignore[arg-type]  # checked when read
    if not same:
        text = given if isinstance(given, str) else ", ".join(given or ()) or "none"
        flag = f"--{key.replace('_', '-')}"
        hint = f"leave {flag} out, or type {flag} {setting.text.replace(', ', ',')}"
        raise _otherwise(key, text, setting, hint)
    values[key] = setting.value


def _take_features(policy: Policy, values: dict[str, Any], pack: Pack) -> None:
    """Add the features that a policy wants to those given, and leave out what it does not allow."""
    wanted, unwanted = wishes(policy, pack)
    if preferred := _preferred_database(policy, values, pack):
        wanted.setdefault(preferred.text, preferred)
    added, without = (list(values.get(key, ())) for key in ("with", "without"))
    for name, setting in wanted.items():
        if name in without:
            hint = f"leave --without {name} out"
            raise UsageError(f"{name} cannot be left out: it is set by {setting.owner}", hint)
    asked = {*added, *values.get(FEATURES, ())}
    for name, setting in unwanted.items():
        if name in asked:
            hint = f"leave the feature {name} out"
            raise UsageError(f"{name} cannot be added: {setting.owner} does not allow it", hint)
    added += [name for name in wanted if name not in added and name in pack.features]
    without += [name for name in unwanted if name not in without and name in pack.features]
    values |= {key: tuple(names) for key, names in (("with", added), ("without", without)) if names}


def wishes(policy: Policy, pack: Pack) -> tuple[dict[str, Setting], dict[str, Setting]]:
    """Return the features of a pack that a policy wants, and those that it does not allow.

    Raises:
        UsageError: it locks a database that the pack does not have.
    """
    wanted, unwanted = policy.table("features.require"), policy.table("features.forbid")
    if allowed := policy.settings.get(ALLOW):
        names = allowed.value if isinstance(allowed.value, tuple) else ()
        unwanted |= dict.fromkeys(sorted(set(pack.features) - set(names)), allowed)
    if locked := policy.settings.get(f"locks.{DATABASE}"):
        _check_database(locked, pack)
        for name in sorted(databases(pack)):
            (wanted if name == locked.value else unwanted)[name] = locked
    for feature in pack.features.values():  # what needs one of them cannot be either
        if needed := [name for name in feature.requires if name in unwanted]:
            unwanted.setdefault(feature.name, unwanted[needed[0]])
    return wanted, unwanted


def _preferred_database(policy: Policy, values: Values, pack: Pack) -> Setting | None:
    """Return the database that a policy prefers, where nobody chose one and a feature brings it."""
    setting = policy.settings.get(f"defaults.{DATABASE}")
    chosen = {key for part in ("with", "without", FEATURES) for key in values.get(part, ())}
    if setting is None or chosen & databases(pack) or FEATURES in values:
        return None
    _check_database(setting, pack)
    return setting if setting.value != PLAIN_DATABASE else None


def _check_database(setting: Setting, pack: Pack) -> None:
    if setting.value not in (*databases(pack), PLAIN_DATABASE):
        raise UsageError(
            f"{pack.label} has no database {setting.text}, which is set by {setting.owner}",
            "scaffold policy explain shows what is set, and by whom",
        )


def _framework(values: Values) -> str:
    answers = complete({key: one for key, one in values.items() if key not in PROJECT_KEYS})
    return str(values.get(FRAMEWORK) or recommend(answers).framework)


def _otherwise(what: str, given: str, setting: Setting, hint: str) -> ScaffoldError:
    return UsageError(f"{what} cannot be {given}: it is {setting.set_by}", hint)

"""A policy on a project that changes: nothing may break it that did not before."""

from scaffold.errors import UsageError
from scaffold.model.recipe import Recipe
from scaffold.packs.pack import Pack
from scaffold.policies.breaches import Breach, breaches
from scaffold.policies.policy import Policy


def check_change(policy: Policy, before: Recipe, after: Recipe, pack: Pack) -> None:
    """Refuse a change that breaks a policy.

    What was broken before stays as it is, and does not stand in the way of other changes.

    Args:
        policy: as it holds in the project's repository.
        before: what the project was rendered from.
        after: what it is to be.
        pack: its pack.

    Raises:
        UsageError: the message says who set what, the hint what to type.
    """
    old = {one.key: one.message for one in breaches(policy, before, pack, pack.origin)}
    for one in breaches(policy, after, pack, pack.origin):
        otherwise = one.key.startswith("locks.") and old.get(one.key) != one.message
        if one.known and (one.key not in old or otherwise):
            raise UsageError(f"{one.message} (policy {policy.name})", one.hint)


def notes_on(policy: Policy, recipe: Recipe, pack: Pack) -> list[str]:
    """Return what in a project breaks a policy, and what to type about it."""
    found: list[Breach] = [one for one in breaches(policy, recipe, pack, pack.origin) if one.known]
    told = [f"breaks the policy {policy.name}: {one.message}; {one.hint}" for one in found]
    return [policy.note, *told] if policy.note else told

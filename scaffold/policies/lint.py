"""What is wrong with a policy: every fault that reading it strictly can find."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from scaffold.checks.rule import Level
from scaffold.errors import Exit, ScaffoldError, did_you_mean
from scaffold.inputs.edit import PLAIN_DATABASE
from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.packs.pack import Pack
from scaffold.packs.sources import GIT, parse_source
from scaffold.policies.breaches import databases
from scaffold.policies.extending import contradictions, extend, weakened
from scaffold.policies.find import read_chain
from scaffold.policies.locate import Found, built_in_policies
from scaffold.policies.policy import ALLOW, PACK, Policy


@dataclass(frozen=True)
class Fault:
    """What is wrong with a policy.

    Args:
        level: errors and warnings fail the command, notes do not.
        message: one sentence.
        hint: what to write instead; may be empty.
    """

    level: Level
    message: str
    hint: str = ""


@dataclass(frozen=True)
class LintResult:
    """A policy and what is wrong with it."""

    source: str
    name: str
    faults: tuple[Fault, ...]

    @property
    def code(self) -> Exit:
        """6 where there is more than a note."""
        failing = any(one.level is not Level.NOTE for one in self.faults)
        return Exit.VIOLATIONS if failing else Exit.DONE

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        faults = [{**vars(one), "level": one.level.value} for one in self.faults]
        return {**vars(self), "faults": faults, "code": int(self.code)}


def lint(text: str, today: date) -> LintResult:
    """Find what is wrong with a policy.

    Args:
        text: its source, as `find_policy` takes it.
        today: the day on which exceptions hold.

    Raises:
        ScaffoldError: it cannot be fetched.
        UsageError: it is not as a policy must be, so that nothing more can be said.
    """
    chain = read_chain(text)
    faults: list[Fault] = []
    policy = Policy("", "")
    for found, layer in reversed(chain):
        faults += [Fault(Level.ERROR, wrong) for wrong in weakened(policy, layer)]
        policy = extend(policy, layer, strictly=False)
        if layer.extends and not _is_pinned(layer.extends, found):
            message = f"{layer.name} extends {layer.extends}, which can change at any time"
            hint = "name a tag or commit, or pin its file: #sha256=…"
            faults.append(Fault(Level.NOTE, message, hint))
    faults += [Fault(Level.ERROR, wrong) for wrong in contradictions(policy.settings)]
    faults += _unknown_names(policy)
    faults += _exceptions(policy, today)
    return LintResult(chain[0][0].source, policy.name, tuple(faults))


def _is_pinned(text: str, beside: Found) -> bool:
    """Tell whether what a policy extends cannot change unless the policy does."""
    if "#" in text or text in built_in_policies():
        return True
    if "://" not in text and ":" not in text:  # a path from it: as fixed as it is itself
        return beside.inside is not None or beside.is_local
    source = parse_source(text)
    return source.kind == GIT and bool(source.rev)


def _unknown_names(policy: Policy) -> Iterator[Fault]:
    """Yield features and databases that no pack has."""
    try:
        setting = policy.settings.get(PACK)
        packs = [find_pack(setting.text)] if setting else [find_pack(name) for name in BUILT_IN]
    except ScaffoldError as error:
        yield Fault(Level.ERROR, f"pack: {error.message}", error.hint)
        return
    known = {name for pack in packs for name in pack.features}
    for key, names in _features(policy):
        for name in names:
            if name not in known:
                hint = did_you_mean(name, known)
                yield Fault(Level.ERROR, f"{key} names a feature that no pack has: {name}", hint)
    yield from _unknown_databases(policy, packs)


def _unknown_databases(policy: Policy, packs: list[Pack]) -> Iterator[Fault]:
    held = {PLAIN_DATABASE}.union(*(databases(pack) for pack in packs))
    for key in ("locks.database", "defaults.database"):
        one = policy.settings.get(key)
        if one and one.value not in held:
            message = f"{key} is {one.text}, which no pack has"
            yield Fault(Level.ERROR, message, did_you_mean(one.text, held))


def _features(policy: Policy) -> Iterator[tuple[str, tuple[str, ...]]]:
    for table in ("features.forbid", "features.require"):
        yield table, tuple(policy.table(table))
    for key in (ALLOW, "locks.features", "defaults.features"):
        one = policy.settings.get(key)
        if one and isinstance(one.value, tuple):
            yield key, one.value


def _exceptions(policy: Policy, today: date) -> Iterator[Fault]:
    for one in policy.exceptions:
        if not one.holds(today):
            message = f"the exception for {one.about} expired on {one.until}"
            yield Fault(Level.WARNING, message, f"remove it, or ask {one.owner} for a new date")
        if one.key and one.key not in policy.settings:
            message = f"the exception for {one.about} is from a key that is not set"
            yield Fault(Level.ERROR, message, did_you_mean(one.key, policy.settings))

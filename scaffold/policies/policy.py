"""A policy: what a team decided for all its projects, and who decided each part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from scaffold.checks.config import Config
from scaffold.errors import UsageError, did_you_mean
from scaffold.project.state import PolicyRecord

RECIPE = ("pack", "locks", "features", "minimums.template")  # what only a recipe can tell
Value = str | int | bool | tuple[str, ...] | None
PACK, ADVICE, ALLOW = "pack", "advice", "features.allow"


@dataclass(frozen=True)
class Setting:
    """One thing that a policy sets.

    Args:
        value: what it is set to; None is a rule that is off.
        owner: who set it, as in "the platform team".
        policy: the name of the policy that sets it.
    """

    value: Value
    owner: str
    policy: str

    @property
    def text(self) -> str:
        """The value as people read it."""
        if isinstance(self.value, tuple):
            return ", ".join(self.value) or "none"
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        return "off" if self.value is None else str(self.value)

    @property
    def set_by(self) -> str:
        """Who set it to what, as in "set by the platform team: postgres"."""
        return f"set by {self.owner}: {self.text}"


@dataclass(frozen=True)
class PolicyException:
    """What a policy lets pass, for a while.

    Args:
        owner: who answers for it.
        until: the last day on which it holds.
        reason: why.
        policy: the name of the policy that has it.
        repository: the repository that it is for; empty for all.
        path: a pattern of files; empty for all.
        rule: the name of a rule; empty where it is about a key.
        key: a key of the policy, as in "locks.database"; empty where it is about a rule.
    """

    owner: str
    until: date
    reason: str
    policy: str
    repository: str = ""
    path: str = ""
    rule: str = ""
    key: str = ""

    def holds(self, today: date) -> bool:
        """Return whether it has not expired."""
        return today <= self.until

    def covers(self, rule: str, path: str) -> bool:
        """Return whether it is about a rule in a file."""
        return self.rule == rule and (not self.path or fnmatchcase(path, self.path))

    @property
    def about(self) -> str:
        """What it lets pass, in words."""
        where = [word for word in (self.repository, self.path) if word]
        return f"{self.rule or self.key} in {', '.join(where)}"

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return {**vars(self), "until": self.until.isoformat()}


@dataclass(frozen=True)
class Policy:
    """A policy with everything that it inherits.

    Args:
        name: what it is called.
        owner: who answers for it.
        settings: what it sets, by keys as in "locks.database" and "features.forbid.celery".
        exceptions: what it lets pass, for a while.
        extends: the names of the policies that it extends, the nearest first.
        record: how a project records it; None for a file of one machine.
        note: what the user should know about how current it is.
    """

    name: str
    owner: str
    settings: Mapping[str, Setting] = field(default_factory=dict)
    exceptions: tuple[PolicyException, ...] = ()
    extends: tuple[str, ...] = ()
    record: PolicyRecord | None = None
    note: str = ""

    def table(self, prefix: str) -> dict[str, Setting]:
        """Return the settings below a key, as in "locks", without it."""
        start = f"{prefix}."
        found = ((key, one) for key, one in self.settings.items() if key.startswith(start))
        return {key.removeprefix(start): one for key, one in found}

    @property
    def governs_recipe(self) -> bool:
        """Whether it sets what only a recipe can tell."""
        return any(key.startswith(RECIPE) for key in self.settings)

    def config(self, own: Config) -> Config:
        """Return the configuration of a project as far as the policy lets it stand."""
        levels, limits = self.table("rules.levels"), self.table("rules.limits")
        return replace(
            own,
            least={name: one.value for name, one in levels.items()},  # type: ignore[misc]  # checked when read
            most={name: one.value for name, one in limits.items()},  # type: ignore[misc]  # checked when read
        )

    def without(self, keys: Iterable[str]) -> "Policy":
        """Return the policy without some of its settings."""
        gone = set(keys)
        kept = {key: one for key, one in self.settings.items() if key not in gone}
        return replace(self, settings=kept)

    def narrowed(self, key: str) -> "Policy":
        """Return what the policy sets at a key, or below it.

        Raises:
            UsageError: it sets nothing there.
        """
        kept = {k: one for k, one in self.settings.items() if f"{k}.".startswith(f"{key}.")}
        if not kept:
            hint = did_you_mean(key, self.settings) if self.settings else ""
            raise UsageError(f"the policy {self.name} sets no {key}", hint)
        held = tuple(one for one in self.exceptions if one.key in kept)
        return replace(self, settings=kept, exceptions=held)

    def exceptions_for(self, repository: str) -> tuple[PolicyException, ...]:
        """Return the exceptions that are for a repository, expired ones too.

        Args:
            repository: its plain address, as `plain_address` gives it; empty where it has none.
        """
        return tuple(one for one in self.exceptions if one.repository in ("", repository))

    def for_repository(self, repository: str, today: date) -> "Policy":
        """Return the policy as it holds in a repository on a day.

        What an exception lifts is gone from the settings, and only exceptions that hold are left.
        """
        held = tuple(one for one in self.exceptions_for(repository) if one.holds(today))
        lifted = [one.key for one in held if self._sets(one.policy, one.key)]
        return replace(self.without(lifted), exceptions=held)

    def _sets(self, policy: str, key: str) -> bool:
        """Return whether a policy sets a key itself, so that it may lift it."""
        return key in self.settings and self.settings[key].policy == policy

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return {
            "name": self.name,
            "owner": self.owner,
            "source": self.record.as_dict() if self.record else None,
            "extends": list(self.extends),
            "settings": {key: vars(one) for key, one in self.settings.items()},
            "exceptions": [one.as_dict() for one in self.exceptions],
            "note": self.note,
        }

"""The answers of a conversation about a project that exists, and the command they make."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scaffold.commands.change import ChangeOptions, ChangeResult, Removal, change
from scaffold.commands.existing import Project
from scaffold.inputs import edit
from scaffold.model.recipe import Recipe

if TYPE_CHECKING:
    from scaffold.policies import Policy

DROP = "drop"  # the answer that the tables go too


@dataclass
class ChangeSession:
    """The state of a conversation.

    Args:
        project: the project.
        verb: add, remove or set.
        policy: the team's policy, which the project obeys.
        values: the answers so far.
        typed: what was typed at each question that was left without an answer.
        confirmed: the change is to be made.
    """

    project: Project
    verb: str
    policy: "Policy | None" = None
    values: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    confirmed: bool = False

    @property
    def fixed(self) -> frozenset[str]:
        """Return the keys that were given before: none."""
        return frozenset()

    def get(self, key: str) -> Any:  # noqa: ANN401 - values of any key
        """Return the current value of a key."""
        return self.values.get(key, "")

    def put(self, key: str, value: object) -> None:
        """Take an answer; it replaces an earlier value."""
        self.values[key] = value

    @property
    def what(self) -> str:
        """What is added or removed, or which value is set."""
        return str(self.get("what"))

    @property
    def target(self) -> str:
        """The app, the resource or the feature that it is about."""
        return str(self.get(f"target {self.what}"))

    def words(self) -> list[str]:
        """Return the command that does the same, without `scaffold`."""
        if self.verb == "set":
            return ["set", f"{self.what}={self.value()}"]
        name, _, fields = self.get("resource").partition(":")
        rest: Mapping[tuple[str, str], list[str]] = {
            ("add", "app"): [self.get("name"), *self._resource_options()],
            ("add", "resource"): [f"{self.target}.{name.strip()}", fields.strip()],
            ("add", "field"): [self.target, self.get("fields")],
            ("remove", "field"): [self.target, self.get("field")],
        }
        drop = ["--drop-tables"] if self.drops else []
        return [self.verb, self.what, *rest.get((self.verb, self.what), [self.target]), *drop]

    def recipe(self) -> Recipe:
        """Return the recipe that it makes.

        Raises:
            UsageError: an answer does not fit.
        """
        recipe, pack, target = self.project.recipe, self.project.pack, self.target
        if self.verb == "set":
            return edit.set_values(recipe, pack, {self.what: self.value()})
        name, _, fields = self.get("resource").partition(":")
        place = f"{target}.{name.strip()}"
        edits: Mapping[tuple[str, str], Callable[[], Recipe]] = {
            ("add", "app"): lambda: edit.add_app(recipe, pack, self.get("name"), self.lines()),
            ("add", "resource"): lambda: edit.add_resource(recipe, place, fields),
            ("add", "field"): lambda: edit.add_fields(recipe, target, self.get("fields")),
            ("add", "feature"): lambda: edit.add_feature(recipe, pack, target),
            ("remove", "app"): lambda: edit.remove_app(recipe, target),
            ("remove", "resource"): lambda: edit.remove_resource(recipe, target),
            ("remove", "field"): lambda: edit.remove_field(recipe, target, self.get("field")),
            ("remove", "feature"): lambda: edit.remove_feature(recipe, pack, target),
        }
        return edits[self.verb, self.what]()

    def preview(self) -> ChangeResult:
        """Find out what would happen; write nothing.

        Raises:
            ScaffoldError: it cannot be done.
        """
        app = self.target if self.what == "app" else ""
        removal = Removal(self.drops, app) if self.verb == "remove" else None
        options = ChangeOptions(dry_run=True, removal=removal, policy=self.policy)
        return change(self.project, " ".join(self.words()[:3]), self.recipe(), options)

    def refused(self) -> dict[str, str]:
        """Return the features that the policy lets nobody add or remove here, and why."""
        if self.policy is None:
            return {}
        from scaffold.policies.settle import wishes

        wanted, unwanted = wishes(self.policy, self.project.pack)
        if self.verb == "remove":
            return {name: f"required by {one.owner}" for name, one in wanted.items()}
        return {name: f"not allowed by {one.owner}" for name, one in unwanted.items()}

    def locked(self) -> dict[str, str]:
        """Return the keys that the policy locks, and who set them to what."""
        locks = self.policy.table("locks") if self.policy else {}
        return {key: one.set_by for key, one in locks.items()}

    @property
    def drops(self) -> bool:
        """Whether the tables go too."""
        return self.verb == "remove" and self.get("tables") == DROP

    def lines(self) -> list[str]:
        """Return the resources of a new app, a line each."""
        return [line for line in str(self.get("resources")).split("\n") if line.strip()]

    def value(self) -> str:
        """Return the value that is set, as text."""
        value = self.get(f"value {self.what}")
        return value if isinstance(value, str) else ",".join(value)

    def _resource_options(self) -> list[str]:
        return [word for line in self.lines() for word in ("--resource", line)]

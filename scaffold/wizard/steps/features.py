"""The step about features: it follows from the answers, and is asked only in the review."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from scaffold.errors import ScaffoldError, UsageError
from scaffold.inputs.command_line import feature_differences
from scaffold.packs.features import Feature
from scaffold.packs.pack import Pack, choose_features
from scaffold.wizard.flow import WizardStep
from scaffold.wizard.frame import Page, Reply
from scaffold.wizard.prompts import Option, several
from scaffold.wizard.session import Session

if TYPE_CHECKING:
    from scaffold.policies import Setting


class Features(WizardStep[Session]):
    """The features: they follow from the answers, and are changed only in the review."""

    key = "features"
    label = "features"

    def ask(self, session: Session, page: Page) -> Reply:
        """Ask for all of them at once."""
        pack = session.pack()
        wanted, unwanted = session.wishes(pack)
        options = [
            _option(pack, feature, unwanted.get(feature.name)) for feature in pack.features.values()
        ]
        page = replace(page, help="")
        return several(
            "Which features do you want?",
            options,
            page,
            self._chosen(session, pack),
            check=lambda names: _check(pack, names, wanted),
        )

    def take(self, session: Session, reply: Reply) -> None:
        """Keep how the list differs from what the answers call for, which may change later."""
        wanted, _ = choose_features(session.pack(), reply.value)
        for key in (self.key, "with", "without"):
            session.drop(key)
        try:
            differences = feature_differences(session.values(), set(wanted))
        except ScaffoldError:  # something else is still wrong: the list will do
            differences = {self.key: reply.value}
        for key, names in differences.items():
            session.put(key, names)

    def answer(self, session: Session) -> str:
        """Return the names."""
        return ", ".join(self._chosen(session, session.pack())) or "none"

    def _chosen(self, session: Session, pack: Pack) -> tuple[str, ...]:
        try:
            return session.proposal().recipe.features
        except ScaffoldError:
            return tuple(name for name in session.get(self.key, ()) if name in pack.features)


def _check(pack: Pack, names: Sequence[str], wanted: Mapping[str, "Setting"]) -> None:
    """Refuse features that do not go together, or lack one that the team set.

    Raises:
        UsageError: they do.
    """
    chosen, _ = choose_features(pack, names)
    for name, setting in wanted.items():
        if name not in chosen:
            raise UsageError(f"{name} cannot be left out: it is set by {setting.owner}")


def _option(pack: Pack, feature: Feature, unwanted: "Setting | None" = None) -> Option:
    group = [one for one in pack.features.values() if feature.group and one.group == feature.group]
    rivals = [one.name for one in group if one is not feature]
    against = sorted({*feature.conflicts, *rivals})
    notes = [f"needs {', '.join(feature.requires)}"] if feature.requires else []
    notes += [f"not with {', '.join(against)}"] if against else []
    behind = f" ({'; '.join(notes)})" if notes else ""
    label = f"{feature.name:<18}{feature.label}{behind}"
    disabled = f"not allowed by {unwanted.owner}" if unwanted else ""
    return Option(feature.name, label, feature.why, disabled)

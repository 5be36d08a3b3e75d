"""The policy of a team: what a project must be to obey it; `scaffold.policies` finds out."""

from collections.abc import Iterator

from scaffold.checks.project import Project
from scaffold.checks.rule import Level, Rule, Scope, Violation


def _nothing(_project: Project, _limit: int) -> Iterator[Violation]:
    """Find nothing: a policy is checked after all other rules, which nothing lets pass."""
    return iter(())


LOCK = Rule(
    "SCF501",
    "policy-lock",
    Level.ERROR,
    Scope.PROJECT,
    "The project is otherwise than the team's policy locks it.",
    "A lock is what holds for every project of a team; one that differs needs care of its own.",
    "Change the project, or ask the owner of the policy for an exception.",
    _nothing,
)
MINIMUM = Rule(
    "SCF502",
    "policy-minimum",
    Level.ERROR,
    Scope.PROJECT,
    "The project is below a minimum of the team's policy.",
    "What is below the minimum no longer gets the team's support, or no fixes at all.",
    "Raise it, or ask the owner of the policy for an exception.",
    _nothing,
)
FEATURE = Rule(
    "SCF503",
    "policy-feature",
    Level.ERROR,
    Scope.PROJECT,
    "The project has a feature that the team's policy does not allow, or lacks one it requires.",
    "A team supports the features that it chose, and relies on those that it requires.",
    "Remove or add the feature, or ask the owner of the policy for an exception.",
    _nothing,
)
PACK = Rule(
    "SCF504",
    "policy-pack",
    Level.ERROR,
    Scope.PROJECT,
    "The project was made from another pack than the team's policy names.",
    "Updates of the team's pack do not reach it.",
    "Make the project from the team's pack, or ask the owner of the policy for an exception.",
    _nothing,
)
EXPIRED = Rule(
    "SCF505",
    "policy-exception-expired",
    Level.NOTE,
    Scope.PROJECT,
    "An exception of the team's policy for this project has expired.",
    "It counts no more: what it let pass is reported again.",
    "Fix what it let pass, or ask its owner for a new date.",
    _nothing,
)
NOT_RECORDED = Rule(
    "SCF506",
    "policy-not-recorded",
    Level.NOTE,
    Scope.PROJECT,
    "The policy that binds from outside is not the one that the project records.",
    "Whoever runs scaffold here without being told of the policy follows another one, or none.",
    "Record it: `scaffold update --policy SOURCE`.",
    _nothing,
)
RULES = (LOCK, MINIMUM, FEATURE, PACK, EXPIRED, NOT_RECORDED)

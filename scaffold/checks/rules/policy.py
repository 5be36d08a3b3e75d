"""The policy of a team: what a project must be to obey it; `scaffold.policies` finds out."""

from collections.abc import Iterator

from scaffold.checks.project import Project
from scaffold.checks.rule import Level, Rule, Scope, Violation


def _nothing(_project: Project, _limit: int) -> Iterator[Violation]:
    """Find nothing: a policy is checked after all other rules, and nothing suppresses it."""
    return iter(())


LOCK = Rule(
    "SCF501",
    "policy-lock",
    Level.ERROR,
    Scope.PROJECT,
    "A value that the team's policy locks is different in the project.",
    "A lock keeps all projects of a team alike; one that differs needs special care.",
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
    "The project was made from a different pack than the team's policy names.",
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
    "It no longer holds: what it allowed is reported again.",
    "Fix what it allowed, or ask its owner for a new date.",
    _nothing,
)
NOT_RECORDED = Rule(
    "SCF506",
    "policy-not-recorded",
    Level.NOTE,
    Scope.PROJECT,
    "The policy that binds from outside is not the one that the project records.",
    "Anyone who runs scaffold here without naming the policy follows another one, or none.",
    "Record it: `scaffold update --policy SOURCE`.",
    _nothing,
)
RULES = (LOCK, MINIMUM, FEATURE, PACK, EXPIRED, NOT_RECORDED)

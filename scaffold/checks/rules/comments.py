"""Comments that suppress violations: what may be wrong with them."""

from collections.abc import Iterator

from scaffold.checks.fixes import remove_comment
from scaffold.checks.project import Project
from scaffold.checks.rule import Fix, Level, Rule, Scope, Violation


def _nothing(_project: Project, _limit: int) -> Iterator[Violation]:
    """Find nothing: what is wrong with suppressions is known after all other rules ran."""
    return iter(())


INVALID = Rule(
    "SCF901",
    "invalid-suppression",
    Level.ERROR,
    Scope.FILE,
    "A suppression has no reason, names no rule, or has ended.",
    "An exception without a reason is never removed, and one past its date is overdue.",
    "Give the reason after a colon, or remove what it suppresses.",
    _nothing,
    advice="A17",
    bad="# scaffold: ignore[import-cycle]\n",
    good="# scaffold: ignore[import-cycle] until 2027-01-31: split when orders moves out\n",
)
UNUSED = Rule(
    "SCF902",
    "unused-suppression",
    Level.WARNING,
    Scope.FILE,
    "A suppression suppresses nothing.",
    "It would hide the next violation that someone makes there.",
    "Remove the comment.",
    _nothing,
    fix=Fix(True, "Removes the comment.", remove_comment),
    advice="A17",
)
RULES = (INVALID, UNUSED)

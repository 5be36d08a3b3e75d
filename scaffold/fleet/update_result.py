"""What an update did to a fleet, repository by repository."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from scaffold.commands.change import SourceChange
from scaffold.errors import Exit
from scaffold.fleet.fleet_file import Fleet

FORMAT = 1


class Status(StrEnum):
    """How the update of a repository ended."""

    UPDATED = "updated"
    EXISTS = "branch exists"
    CURRENT = "up to date"
    SKIPPED = "skipped"
    CONFLICTS = "conflicts"
    CHECKS = "checks fail"
    FAILED = "failed"
    WAITING = "not begun"


CODES = {
    Status.CONFLICTS: Exit.CONFLICTS,
    Status.CHECKS: Exit.UNVERIFIED,
    Status.FAILED: Exit.NOT_RUN,
}


@dataclass(frozen=True)
class RepositoryUpdate:
    """What was done to one repository, or would be.

    Args:
        name: what the fleet file calls it.
        source: where it is.
        status: how it ended.
        wave: which wave it was in, from 1 on.
        template: the pack, and its version before and after; None where that is not known.
        branch: the branch; empty where there is none.
        pushed: whether the remote has the branch.
        files: how many files have each word: create, merge, remove.
        conflicts: the files with conflicts.
        problem: why it is red; empty where it is not.
        hint: what to do about that.
        place: the directory where somebody has to go on; empty where nobody has.
        notes: what the user should know.
    """

    name: str
    source: str
    status: Status
    wave: int = 0
    template: SourceChange | None = None
    branch: str = ""
    pushed: bool = False
    files: Mapping[str, int] = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()
    problem: str = ""
    hint: str = ""
    place: str = ""
    notes: tuple[str, ...] = ()

    @property
    def code(self) -> Exit:
        """5 with conflicts, 7 where its quick checks fail, 8 where it could not be updated."""
        return CODES.get(self.status, Exit.DONE)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        made = self.template
        return {
            **vars(self),
            "status": str(self.status),
            "template": made and {"name": made.name, "from": made.since, "to": made.until},
            "files": dict(self.files),
            "conflicts": list(self.conflicts),
            "notes": list(self.notes),
            "code": int(self.code),
        }


@dataclass(frozen=True)
class FleetUpdate:
    """What was done to a fleet, in the order of the waves."""

    fleet: Fleet
    rows: tuple[RepositoryUpdate, ...]

    @property
    def red(self) -> list[RepositoryUpdate]:
        """The repositories that somebody has to look at."""
        return [row for row in self.rows if row.code]

    @property
    def code(self) -> Exit:
        """The exit code of the first repository that is red."""
        return next((row.code for row in self.red), Exit.DONE)

    def count(self, status: Status) -> int:
        """Return how many repositories have a status."""
        return sum(row.status is status for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        counts = {str(status): self.count(status) for status in Status}
        rows = [row.as_dict() for row in self.rows]
        return {"format": FORMAT, "code": int(self.code), "counts": counts, "repositories": rows}

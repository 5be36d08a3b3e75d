"""What a merge answers: the merged tree, a status per file, the conflicts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scaffold.model.tree import File, Tree


class Status(StrEnum):
    """What a merge does to one file."""

    CREATE = "create"  # the template adds it
    IDENTICAL = "identical"  # the project has what the template gives
    KEEP = "keep"  # changed by the user, unchanged by the template
    UPDATE = "update"  # unchanged by the user, changed by the template
    MERGE = "merge"  # changed by both
    CONFLICT = "conflict"
    SKIP = "skip"  # never touched: seeded, or a path that must not be followed
    REMOVE = "remove"  # unchanged by the user, removed by the template


class Kind(StrEnum):
    """The kinds of conflict, in git's words."""

    CONTENT = "content"
    BINARY = "binary"
    ADD_ADD = "add/add"
    MODIFY_DELETE = "modify/delete"
    FILE_DIRECTORY = "file/directory"


@dataclass(frozen=True)
class Conflict:
    """A file that the user has to decide about.

    Args:
        path: where the file is in the project.
        kind: the kind of conflict.
        message: one line saying what happened and what was kept.
        base: what the template gave last; stage 1 of git's index.
        yours: what the project has; stage 2.
        theirs: what the template gives now; stage 3.
    """

    path: str
    kind: Kind
    message: str
    base: File | None
    yours: File | None
    theirs: File | None


@dataclass(frozen=True)
class FileResult:
    """What happened to one file.

    Args:
        status: the word for it.
        template_path: where the template has the file, if the user moved it.
        old_path: where the project had the file, if the pack moved it.
        note: why, where the status does not say it.
    """

    status: Status
    template_path: str = ""
    old_path: str = ""
    note: str = ""


@dataclass(frozen=True)
class MergeResult:
    """A merged tree.

    Args:
        tree: the whole project after the merge, the user's own files included.
        files: the result of each path that the template owns, by path in the project.
        conflicts: what is left to the user, in order of path.
        moves: where the user moved files of the template, by path in the template; to be recorded
            and handed to the next merge.
    """

    tree: Tree
    files: Mapping[str, FileResult]
    conflicts: tuple[Conflict, ...] = ()
    moves: Mapping[str, str] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether nothing is left to the user."""
        return not self.conflicts

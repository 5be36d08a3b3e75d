"""Three-way merge of trees: what a template changed is brought into a project."""

from scaffold.merge.migrations import Migration, between, read_migrations, stale_names
from scaffold.merge.moves import find_moves, rename_modules
from scaffold.merge.result import Conflict, FileResult, Kind, MergeResult, Status
from scaffold.merge.text import keep_edited
from scaffold.merge.trees import Ownership, merge

__all__ = [
    "Conflict",
    "FileResult",
    "Kind",
    "MergeResult",
    "Migration",
    "Ownership",
    "Status",
    "between",
    "find_moves",
    "keep_edited",
    "merge",
    "read_migrations",
    "rename_modules",
    "stale_names",
]

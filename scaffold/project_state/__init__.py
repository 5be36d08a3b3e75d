"""The state of a project on disk: what the template gave it last, and the last step."""

from scaffold.project_state.base import BASE, pack_tree, unpack_tree
from scaffold.project_state.journal import (
    Step,
    apply,
    changes,
    extend,
    last_step,
    lock,
    read_files,
    recover,
    undo,
)

__all__ = [
    "BASE",
    "Step",
    "apply",
    "changes",
    "extend",
    "last_step",
    "lock",
    "pack_tree",
    "read_files",
    "recover",
    "undo",
    "unpack_tree",
]

"""A project on disk: files, state file, base, staging directory, journal."""

from scaffold.project.base import pack_tree, unpack_tree
from scaffold.project.dotenv import dotenv_file
from scaffold.project.files import read_tree, write_tree
from scaffold.project.staging import STATE_FILE, check_target, publish
from scaffold.project.state import read_base, read_recipe, read_state, state_files

__all__ = [
    "STATE_FILE",
    "check_target",
    "dotenv_file",
    "pack_tree",
    "publish",
    "read_base",
    "read_recipe",
    "read_state",
    "read_tree",
    "state_files",
    "unpack_tree",
    "write_tree",
]

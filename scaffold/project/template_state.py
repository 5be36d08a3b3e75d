"""The state of a project that was made from a cookiecutter template, in the same two files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scaffold import __version__
from scaffold.errors import Exit, ScaffoldError
from scaffold.model.tree import File, Tree
from scaffold.packs.sources import Origin, read_origin
from scaffold.project.base import BASE, pack_tree, unpack_tree
from scaffold.project.staging import STATE_FILE

KEY = "template"


@dataclass(frozen=True)
class TemplateState:
    """What `.scaffold.toml` says of a template.

    Args:
        name: what the template is called.
        tree: the digest of its files.
        origin: where it was fetched from; nothing for a folder or a file of one machine.
        source: as the user wrote it, for what the template says of itself.
        values: the answers.
        moves: where the user moved files of the template, by path in the template.
    """

    name: str
    tree: str
    origin: Origin | None = None
    source: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    moves: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, in the shape that TOML and JSON hold."""
        origin = self.origin.as_dict() if self.origin else {}
        if self.source:
            origin["source"] = self.source
        found: dict[str, Any] = {
            KEY: {"name": self.name, **origin, "tree": self.tree},
            "values": dict(self.values),
        }
        return {**found, "moves": dict(sorted(self.moves.items()))} if self.moves else found


def template_state_files(state: TemplateState, tree: Tree, tools: Mapping[str, str]) -> Tree:
    """Return the state files of a project.

    Args:
        state: what the project was made of.
        tree: what the template gave it.
        tools: the versions of what rendered it.
    """
    file = _state_file(state, tools)
    base = Tree({**tree, STATE_FILE: file})
    return Tree({STATE_FILE: file, BASE: File(pack_tree(base))})


def is_template_project(root: Path) -> bool:
    """Tell whether a project was made from a cookiecutter template."""
    try:
        return KEY in tomllib.loads((root / STATE_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return False


def read_template_state(root: Path) -> TemplateState:
    """Read the state of a project.

    Raises:
        ScaffoldError: it cannot be read, or is not as scaffold writes it.
    """
    file = root / STATE_FILE
    try:
        return _state(tomllib.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ScaffoldError(f"{file} cannot be read: {error}", code=Exit.USAGE) from None


def read_template_base(root: Path, state: TemplateState) -> Tree:
    """Return what the template gave a project last; it is never rendered again.

    Raises:
        ScaffoldError: it is gone, damaged or of another state.
    """
    try:
        files = dict(unpack_tree((root / BASE).read_bytes()))
        found = _state(tomllib.loads(files.pop(STATE_FILE).content.decode()))
        if (found.tree, found.values) == (state.tree, state.values):
            return Tree(files)
        reason = f"does not fit {STATE_FILE}"
    except (OSError, ScaffoldError, KeyError, ValueError) as error:
        reason = f"cannot be read: {error}"
    raise ScaffoldError(
        f"{BASE} {reason}", f"restore both files: git checkout HEAD -- {BASE} {STATE_FILE}"
    )


def _state_file(state: TemplateState, tools: Mapping[str, str]) -> File:
    import tomli_w

    versions = {"scaffold": __version__, **tools}
    text = tomli_w.dumps({**state.as_dict(), "versions": versions})
    return File(f"# Written by scaffold, for scaffold. Commit it.\n{text}".encode())


def _state(values: Mapping[str, Any]) -> TemplateState:
    named = values[KEY]
    moves = {str(old): str(new) for old, new in values.get("moves", {}).items()}
    return TemplateState(
        str(named["name"]),
        str(named["tree"]),
        read_origin(named),
        str(named.get("source", "")),
        dict(values["values"]),
        moves,
    )

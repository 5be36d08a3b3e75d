"""The state of a project: its recipe in `.scaffold.toml`, its base in `.scaffold.base`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from scaffold import __version__
from scaffold.errors import Exit, ScaffoldError
from scaffold.model.recipe import Recipe, from_dict
from scaffold.model.tree import File, Tree
from scaffold.packs.pack import Pack
from scaffold.packs.sources import Origin, read_origin
from scaffold.project.base import BASE, pack_tree, unpack_tree
from scaffold.project.staging import STATE_FILE

TABLES = ("recipe", "pack", "policy", "moves", "versions")
TOOLS = ("cookiecutter", "jinja2", "ruff")  # their versions decide what a render is


@dataclass(frozen=True)
class PolicyRecord:
    """Which policy a project follows.

    Args:
        source: where it comes from, as users write it; never a path of one machine.
        commit: of git, or the digest of a zip file.
        sha256: the hash of its file.
    """

    source: str
    commit: str = ""
    sha256: str = ""

    def as_dict(self) -> dict[str, str]:
        """The parts that are not empty."""
        return {key: value for key, value in vars(self).items() if value}


@dataclass(frozen=True)
class State:
    """What `.scaffold.toml` says.

    Args:
        recipe: what the project was rendered from; its pack by name.
        pack_tree: the digest of the pack.
        origin: where the pack was fetched from; nothing for one that was not.
        moves: where the user moved files of the template, by path in the template.
        tool: the version of scaffold that wrote it.
        owned: patterns of files that stay the template's.
        policy: the policy that it follows; None where it follows none.
    """

    recipe: Recipe
    pack_tree: str = ""
    origin: Origin | None = None
    moves: Mapping[str, str] = field(default_factory=dict)
    tool: str = ""
    owned: tuple[str, ...] = ()
    policy: PolicyRecord | None = None


def state_files(
    recipe: Recipe,
    pack: Pack,
    tree: Tree,
    moves: Mapping[str, str] | None = None,
    policy: PolicyRecord | None = None,
) -> Tree:
    """Return the state files of a project.

    They name the pack by name, version and tree hash, one from elsewhere also by address and
    commit, never by a path on this machine.

    Args:
        recipe: what was rendered.
        pack: the pack that it was rendered with.
        tree: the render.
        moves: where the user moved files of the template.
        policy: the policy that the project follows.
    """
    plain = state_file(recipe, pack, {})
    state = state_file(recipe, pack, moves or {}, policy) if moves or policy else plain
    base = Tree({**merged_files(tree, pack), STATE_FILE: plain})
    return Tree({STATE_FILE: state, BASE: File(pack_tree(base))})


def state_file(
    recipe: Recipe, pack: Pack, moves: Mapping[str, str], policy: PolicyRecord | None = None
) -> File:
    """Return `.scaffold.toml`."""
    from importlib.metadata import version

    import tomli_w

    values: dict[str, Any] = {
        "recipe": replace(recipe, pack=pack.name, pack_version=pack.version).as_dict(),
        "pack": {**(pack.origin.as_dict() if pack.origin else {}), "tree": pack.tree_hash()},
        "versions": {"scaffold": __version__, **{tool: version(tool) for tool in TOOLS}},
    }
    if pack.owned:
        values["pack"]["owned"] = list(pack.owned)
    if policy:
        values["policy"] = policy.as_dict()
    if moves:
        values["moves"] = dict(sorted(moves.items()))
    text = tomli_w.dumps(values)
    return File(f"# Written by scaffold, for scaffold. Commit it.\n{text}".encode())


def merged_files(tree: Tree, pack: Pack) -> Tree:
    """Return a render without the files that are written at birth only, as migrations are.

    An `__init__.py` among them stays: without it, a tool does not find the directory.
    """
    return Tree(
        {
            path: file
            for path, file in tree.items()
            if path.endswith("/__init__.py")
            or not any(fnmatchcase(path, pattern) for pattern in pack.seeded)
        }
    )


def find_project(start: Path) -> Path:
    """Return the project that a directory belongs to.

    Raises:
        ScaffoldError: neither it nor one above it is a project.
    """
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / STATE_FILE).is_file():
            return folder
    raise ScaffoldError(
        f"{start.absolute()} is not in a scaffold project",
        f"go to a directory with a {STATE_FILE}; scaffold new writes one",
    )


def read_state(root: Path) -> State:
    """Read the state of a project.

    Raises:
        ScaffoldError: it cannot be read, or is not as scaffold writes it.
    """
    return _state(_values(root / STATE_FILE), root / STATE_FILE)


def read_base(root: Path) -> tuple[Tree, State] | None:
    """Return what the template gave a project last, and what that was rendered from.

    Returns:
        None where it is gone, or damaged as after a merge of two branches.
    """
    try:
        files = dict(unpack_tree((root / BASE).read_bytes()))
        text = files.pop(STATE_FILE).content.decode()
        found = _state(tomllib.loads(text), root / BASE)
    except (OSError, ScaffoldError, KeyError, ValueError):
        return None
    return Tree(files), found


def read_recipe(path: Path) -> Recipe:
    """Read a recipe from a recipe file, or from the state file of a project.

    Raises:
        ScaffoldError: there is no such file, or it holds no recipe.
    """
    file = path / STATE_FILE if path.is_dir() else path
    values = _values(file)
    return from_dict(values.get("recipe", values))


def _values(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        whole = file.name == STATE_FILE
        raise ScaffoldError(
            f"{file.parent} is not a scaffold project" if whole else f"{file} does not exist",
            f"scaffold new writes a {STATE_FILE} into every project",
        ) from None
    except (OSError, ValueError) as error:
        raise ScaffoldError(f"{file} cannot be read: {error}", code=Exit.USAGE) from None


def _state(values: Mapping[str, Any], file: Path) -> State:
    tables = {name: values.get(name, {}) for name in TABLES}
    for name, table in tables.items():
        if not isinstance(table, Mapping):
            raise ScaffoldError(f"{file}: {name} must be a table", f"git log -p {file.name}")
    moves = {str(old): str(new) for old, new in tables["moves"].items()}
    tree, tool = str(tables["pack"].get("tree", "")), str(tables["versions"].get("scaffold", ""))
    owned = tuple(map(str, tables["pack"].get("owned", ())))
    origin = read_origin(tables["pack"])
    recipe, policy = from_dict(tables["recipe"]), _policy(tables["policy"])
    return State(recipe, tree, origin, moves, tool, owned, policy)


def _policy(values: Mapping[str, Any]) -> PolicyRecord | None:
    known = {key: str(values.get(key, "")) for key in ("source", "commit", "sha256")}
    return PolicyRecord(**known) if known["source"] else None

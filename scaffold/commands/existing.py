"""A project that exists: where it is, what it was rendered from, what the template gave it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold import git
from scaffold.errors import Exit, ScaffoldError, UsageError
from scaffold.merge import Migration, between, read_migrations, rename_modules
from scaffold.model.recipe import Recipe
from scaffold.model.tree import Tree
from scaffold.packs.catalog import BUILT_IN, find_pack, is_built_in, pack_of
from scaffold.packs.checkout import fetch, newest
from scaffold.packs.pack import Pack
from scaffold.packs.sources import Origin
from scaffold.packs.user_config import named_policy
from scaffold.project.base import BASE
from scaffold.project.files import list_files
from scaffold.project.journal import read_files
from scaffold.project.staging import STATE_FILE
from scaffold.project.state import (
    PolicyRecord,
    State,
    find_project,
    merged_files,
    read_base,
    read_state,
)
from scaffold.project.template_state import is_template_project

if TYPE_CHECKING:
    from scaffold.policies import Policy

MARKER = re.compile(rb"^<<<<<<< yours\r?$", re.MULTILINE)
PACKAGE = "scaffold-flask-django"  # what brings the built-in packs
SHOWN = 3  # paths that a message names


@dataclass(frozen=True)
class Project:
    """A project and the pack that it is rendered with now."""

    root: Path
    state: State
    pack: Pack

    @property
    def recipe(self) -> Recipe:
        """What it was rendered from."""
        return self.state.recipe


def open_project(start: Path, pack: str = "", *, to: str | None = None) -> Project:
    """Find the project that a directory belongs to, and its pack.

    A pack from elsewhere is the one of the recorded commit.

    Args:
        start: a directory of the project.
        pack: the path or source of its pack, for one that is neither built in nor recorded.
        to: the revision to take instead, of a pack from elsewhere; empty for the newest.

    Raises:
        ScaffoldError: there is no project, or no such pack.
    """
    root = find_project(start)
    if is_template_project(root):
        raise UsageError(
            "the project was made from a cookiecutter template, which has no apps and features",
            "scaffold update, diff, info and undo work on it",
        )
    state = read_state(root)
    name, version = state.recipe.pack, state.recipe.pack_version
    if not pack and state.origin:
        found = _fetched(state.origin, to)
    elif not pack and name not in BUILT_IN and not Path(name).is_dir():
        raise UsageError(
            f"the project was made from the pack {name} {version}, which is not built in",
            f"name its directory: --pack path/to/{name}",
        )
    else:
        found = find_pack(pack or name)
    if found.name != name:
        raise UsageError(
            f"the project was made from the pack {name}, not from {found.name}",
            f"name the directory of {name}: --pack path/to/{name}",
        )
    return Project(root, state, found)


def _fetched(origin: Origin, to: str | None) -> Pack:
    """Return a pack from elsewhere, at the recorded commit or at another revision."""
    if to is None:
        pack = pack_of(fetch(origin.source(origin.commit)))
        return replace(pack, origin=origin)
    return pack_of(fetch(origin.source(to) if to else newest(origin.source(origin.rev))))


def policy_of(project: Project, given: str, *, newest: bool = False) -> "Policy | None":
    """Return the policy that binds a project, as it holds in its repository.

    Args:
        project: the project.
        given: what was typed after `--policy`.
        newest: take what the project records as it is today, not as it was recorded.

    Raises:
        ScaffoldError: it cannot be found.
    """
    recorded = project.state.policy
    if recorded is None and not named_policy(given):
        return None
    from scaffold.policies import binding_policy
    from scaffold.policies.repository import repository_of

    pinned = PolicyRecord(recorded.source) if recorded and newest else recorded
    policy = binding_policy(given, pinned)
    today = date.today()  # noqa: DTZ011 - the user's
    return policy and policy.for_repository(repository_of(project.root), today)


@dataclass(frozen=True)
class Base:
    """What the template gave a project last.

    Args:
        tree: its files.
        state: what they were rendered from, whatever `.scaffold.toml` says now.
        note: how it was come by, where it was not just read.
    """

    tree: Tree
    state: State
    note: str = ""


def base_of(project: Project) -> Base:
    """Return what the template gave a project last.

    An archive that can be read is right, even where the recipe differs: then somebody edited the
    recipe, and the difference is still to be merged. One that git united from two branches cannot
    be read; it is rendered anew from the recipe, which was united as well.

    Raises:
        ScaffoldError: it has to be rendered anew, and this is not the pack that rendered it.
    """
    state, pack = project.state, project.pack
    if found := read_base(project.root):
        tree, recorded = found
        edited = recorded.recipe != state.recipe
        return Base(
            tree, recorded, f"{STATE_FILE} was edited; that is merged too" if edited else ""
        )
    if pack.tree_hash() == state.pack_tree:
        from scaffold.rendering.render import render  # few commands need it

        note = f"{BASE} was rendered anew from the recipe, as is needed where two branches met"
        return Base(merged_files(render(state.recipe, pack), pack), state, note)
    raise ScaffoldError(
        f"{BASE} is gone or does not fit {STATE_FILE}, and only {pack.name} "
        f"{state.recipe.pack_version} as scaffold {state.tool} has it can render it anew",
        f"install that version, run scaffold update with it, then go on; or restore the file: "
        f"git checkout HEAD -- {BASE}",
    )


def files_of(project: Project, base: Tree, theirs: Tree) -> Tree:
    """Read a project's files: those of the template, and all others where one of them is gone."""
    return read_yours(project.root, project.state.moves, base, theirs)


def read_yours(root: Path, moves: Mapping[str, str], base: Tree, theirs: Tree) -> Tree:
    """Read the files of a project in a directory, as `files_of` does.

    Args:
        root: the directory.
        moves: where the user moved files of the template.
        base: what the template gave it last.
        theirs: what the template gives it now.
    """
    found = read_files(root, {*base, *theirs, *moves.values()})
    if all(path in found for path in base):
        return found
    own = {".env", STATE_FILE, BASE}
    return Tree({**found, **read_files(root, set(list_files(root)) - own)})


def named_as_moved(tree: Tree, moves: Mapping[str, str]) -> Tree:
    """Return a render with the names of modules that the user's moves gave them."""
    renamed = rename_modules(tree, moves)
    if renamed == tree:
        return tree
    from scaffold.rendering.formatting import format_python

    return format_python(renamed)  # imports are sorted by name


def migrations_of(pack: Pack, since: str) -> tuple[Migration, ...]:
    """Read what a pack renamed since a project's version.

    Raises:
        ScaffoldError: the project's version is newer, or a file of the pack is malformed.
    """
    if between([since], pack.version, since):
        raise ScaffoldError(
            f"the project was made from {pack.name} {since}, this is {pack.version}",
            f"install a newer scaffold: uv tool upgrade {PACKAGE}",
        )
    places = {path.stem: path for path in (pack.root / "migrations").glob("*.toml")}
    return tuple(
        migration
        for version in between(places, since, pack.version)
        for migration in read_migrations(
            pack.files.read(places[version]).decode(), str(places[version])
        )
    )


def other_version(project: Project, wanted: str) -> ScaffoldError:
    """Return the error for a version of the pack that is not at hand."""
    pack = project.pack
    if is_built_in(pack):
        return ScaffoldError(
            f"this scaffold has {pack.name} {pack.version}, not {wanted}",
            f"run the scaffold that brings it: uvx --from {PACKAGE}=={wanted} scaffold update",
        )
    return ScaffoldError(
        f"{pack.root} has {pack.name} {pack.version}, not {wanted}",
        f"check out {wanted} there, then type the same again",
    )


def check_clean(root: Path, *, force: bool) -> None:
    """Refuse a project with changes that are not committed, unless told.

    Raises:
        ScaffoldError: there are some (exit code 3).
    """
    options = ("--porcelain", "-z", "--untracked-files=no")
    done = git.run(root, "status", *options, "--", ".")
    if force or not done.ok:
        return
    if changed := [entry[3:] for entry in done.output.split("\0") if entry[2:3] == " "]:
        raise ScaffoldError(
            f"the project has changes that are not committed: {listed(changed)}",
            "commit them first, or go on all the same: --force",
            Exit.EXISTS,
        )


def check_resolved(files: Tree) -> None:
    """Refuse a project with conflicts of an earlier command.

    Raises:
        ScaffoldError: a file has markers (exit code 3).
    """
    if marked := [path for path, file in files.items() if MARKER.search(file.content)]:
        raise ScaffoldError(
            f"conflicts of an earlier command are left in {listed(marked)}",
            "resolve them and commit, or take that command back: scaffold undo --abort",
            Exit.EXISTS,
        )


def listed(names: list[str]) -> str:
    """Return the first paths of many in words."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more

"""The template that a project was made from: its own files, and its version."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from scaffold.checks.project import Project
from scaffold.checks.rule import CannotRun, Edits, Fix, Level, Rule, Scope, Violation
from scaffold.errors import ScaffoldError
from scaffold.model.tree import File, Tree
from scaffold.model.versions import numbers
from scaffold.project.base import BASE
from scaffold.project.staging import STATE_FILE

if TYPE_CHECKING:
    from scaffold.project.state import State


def changed_files(project: Project, _limit: int) -> Iterator[Violation]:
    """Find files that stay the template's, and are not as it gave them."""
    from scaffold.merge.file import same_text

    state = _state(project)
    if state is None:
        return
    for path, file in owned_files(project, state).items():
        try:
            mine = File((project.root / path).read_bytes())
        except OSError:
            mine = None
        if mine is None or not same_text(file, mine):
            message = f"{path} is the template's, and was {'changed' if mine else 'removed'}"
            yield Violation(path, message)


def restore_file(project: Project, violation: Violation) -> Edits:
    """Return a file as the template gave it."""
    state = _state(project)
    file = owned_files(project, state).get(violation.path) if state else None
    return {violation.path: file.content} if file else {}


def template_behind(project: Project, _limit: int) -> Iterator[Violation]:
    """Find a project whose built-in template has a newer version."""
    state = _state(project)
    if state is None or state.origin:
        return
    from scaffold.packs.catalog import BUILT_IN, find_pack

    if state.recipe.pack not in BUILT_IN:
        return
    mine, newest = state.recipe.pack_version, find_pack(state.recipe.pack).version
    if numbers(mine) < numbers(newest):
        message = f"the project has the template {state.recipe.pack} {mine}; there is {newest}"
        yield Violation(STATE_FILE, message, symbol=state.recipe.pack)


def owned_files(project: Project, state: "State") -> dict[str, File]:
    """Return the files that stay the template's, as it gave them.

    Raises:
        CannotRun: what the template gave is not known.
    """
    from scaffold.project.state import read_base

    found = read_base(project.root)
    if found is None and state.owned:
        raise CannotRun(f"{BASE} is gone or damaged; scaffold update writes it anew")
    tree, recorded = found or (Tree({}), state)
    owned = {*state.owned, *recorded.owned}  # whoever edits the one file has not edited the other
    return {
        path: file
        for path, file in tree.items()
        if any(fnmatchcase(path, pattern) for pattern in owned)
    }


def _state(project: Project) -> "State | None":
    """Return the state of a project that scaffold made; None for others."""
    if not project.exists(STATE_FILE):
        return None
    from scaffold.project.state import read_state

    try:
        return read_state(project.root)
    except ScaffoldError as error:
        raise CannotRun(f"{error.message}; {error.hint}") from None


RULES = (
    Rule(
        "SCF406",
        "owned-file-changed",
        Level.ERROR,
        Scope.FILE,
        "A file owned by the template was changed.",
        "The next update replaces it, and the change is lost; the team that owns the template "
        "wants it to be the same everywhere.",
        "Restore it, and propose the change to the template; `scaffold diff` shows it.",
        changed_files,
        fix=Fix(True, "Restores the file.", restore_file),
        advice="A3",
    ),
    Rule(
        "SCF407",
        "template-behind",
        Level.NOTE,
        Scope.PROJECT,
        "The project's template has a newer version.",
        "A project that follows its template gets fixes without work; one that is years behind "
        "is hard to update.",
        "Update the project: `scaffold update`.",
        template_behind,
        advice="A3",
    ),
)

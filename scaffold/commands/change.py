"""What `add`, `remove`, `set` and `update` have in common: render, merge, write, finish.

The recipe changes, the pack renders it, the result is merged into the project and written in one
step, which `undo` takes back. Then the project's own tool writes the database migration.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from scaffold.commands.conflicts import leave_in_index
from scaffold.commands.existing import (
    MARKER,
    Base,
    Project,
    base_of,
    check_clean,
    check_resolved,
    files_of,
    migrations_of,
    named_as_moved,
)
from scaffold.commands.finish import finish, how_to_migrate, kept_for_migrations, what_is_left
from scaffold.commands.release_notes import ReleaseNote, release_notes
from scaffold.commands.steps import CreateStep, StepLog
from scaffold.errors import Exit, ScaffoldError
from scaffold.merge import (
    Conflict,
    FileResult,
    Kind,
    MergeResult,
    Ownership,
    Status,
    find_moves,
    keep_edited,
    merge,
    stale_names,
)
from scaffold.model.recipe import Recipe
from scaffold.model.tree import File, Tree
from scaffold.packs.pack import choose_features
from scaffold.project.base import BASE
from scaffold.project.files import list_files, read_tree
from scaffold.project.journal import Step, apply, changes, lock, read_files, recover
from scaffold.project.staging import STATE_FILE
from scaffold.project.state import PolicyRecord, merged_files, state_files
from scaffold.project.template_state import TemplateState
from scaffold.rendering.formatting import format_merged
from scaffold.rendering.render import render

if TYPE_CHECKING:
    from scaffold.policies import Policy

WORDS = {Status.UPDATE: "merge", Status.KEEP: "skip"}  # in Rails' and copier's words


EDITED = "edited by you; kept"
EDITED_IN_PART = "what you edited is kept"


@dataclass(frozen=True)
class Removal:
    """What a command that removes does beyond the others.

    Files that the user edited are kept, those beside them are named, and tables stay.

    Args:
        drop_tables: write the migration that drops them all the same.
        app: the app that is removed, where it is a whole app.
    """

    drop_tables: bool = False
    app: str = ""


@dataclass(frozen=True)
class ChangeOptions:
    """How to change a project.

    Args:
        dry_run: write nothing.
        force: go on with changes that are not committed.
        install: install what is new and write the database migration.
        removal: what a command that removes does beyond the others.
        policy: the policy that binds, as it holds in the project's repository.
        record: the policy that the project records from now on; None leaves it.
    """

    dry_run: bool = False
    force: bool = False
    install: bool = True
    removal: Removal | None = None
    policy: "Policy | None" = None
    record: PolicyRecord | None = None


@dataclass(frozen=True)
class SourceChange:
    """What a project is made of.

    Args:
        name: the pack or template.
        since: its version or commit before.
        until: its version or commit afterwards.
    """

    name: str
    since: str
    until: str


@dataclass(frozen=True)
class ChangeResult:
    """What was done to a project, or would be.

    Args:
        root: the project.
        name: what the user asked for.
        recipe: the project's recipe afterwards.
        source: the pack or template, before and after.
        changed: whether a file changed, or would.
        files: what happened to each file of the template.
        conflicts: what is left to the user.
        steps: what was done after the merge.
        commands: what is left to type.
        notes: what the user should know.
        release_notes: what is new in the pack since the version before, newest first.
    """

    root: Path
    name: str
    recipe: Recipe | TemplateState
    source: SourceChange
    changed: bool
    files: Mapping[str, FileResult]
    conflicts: tuple[Conflict, ...] = ()
    steps: tuple[CreateStep, ...] = ()
    commands: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default_factory=tuple)
    release_notes: tuple[ReleaseNote, ...] = ()

    @property
    def code(self) -> Exit:
        """5 with conflicts, 7 where a check fails, 8 where a step could not run."""
        if self.conflicts:
            return Exit.CONFLICTS
        if any(step.failed for step in self.steps):
            return Exit.UNVERIFIED
        return Exit.NOT_RUN if any(step.problem for step in self.steps) else Exit.DONE

    @property
    def words(self) -> dict[str, str]:
        """One word for each file: create, identical, merge, conflict, skip or remove."""
        return {path: WORDS.get(file.status, str(file.status)) for path, file in self.files.items()}


@dataclass(frozen=True)
class Plan:
    """A merge that is not written yet.

    Args:
        base: what the template gave last.
        result: the merge.
        before: the files before it.
        after: the files after it.
        recipe: what the project will be.
        stale: the user's own files that use a name which the template changed.
    """

    base: Base
    result: MergeResult
    before: Tree
    after: Tree
    recipe: Recipe
    stale: tuple[str, ...] = ()


def change(
    project: Project,
    name: str,
    recipe: Recipe,
    options: ChangeOptions,
    watch: Callable[[str], None] = lambda _: None,
) -> ChangeResult:
    """Bring a project to a recipe; what the user did to it stays.

    Args:
        project: the project.
        name: what the user asked for, as in "add app orders".
        recipe: what the project is to be.
        options: how.
        watch: called with the name of each step as it begins.

    Raises:
        ScaffoldError: the project is not ready for it, or the render is unfit.
    """
    work = StepLog(watch)
    if options.dry_run:
        return _result(project, name, _plan(project, recipe, options, work), work, options)
    with lock(project.root):
        recover(project.root)
        check_clean(project.root, force=options.force)
        plan = _plan(project, recipe, options, work)
        step = changes(project.root, name, plan.before, plan.after)
        if not step.paths:
            return _result(project, name, plan, StepLog(watch), options)
        apply(project.root, step)
        written: list[str] = []
        if not plan.result.clean:
            leave_in_index(project.root, plan.result.conflicts)
        elif options.install:
            drop = options.removal is not None and options.removal.drop_tables
            wanted = _database(project, plan, options)
            written = finish(project, name, work, migrate=wanted, drop=drop)
        result = _result(project, name, plan, work, options, step)
        return replace(result, notes=(*result.notes, *how_to_migrate(project, written)))


def _plan(project: Project, recipe: Recipe, options: ChangeOptions, work: StepLog) -> Plan:
    pack = project.pack
    features, _ = choose_features(pack, recipe.features)  # somebody may have edited the recipe
    recipe = replace(recipe, pack=pack.name, pack_version=pack.version, features=features)
    base = base_of(project)
    if options.policy:
        from scaffold.policies.changes import check_change

        check_change(options.policy, base.state.recipe, recipe, pack)
    with work.step("render"):
        rendered = render(recipe, pack)
    migrations = migrations_of(pack, base.state.recipe.pack_version)
    theirs = merged_files(rendered, pack)
    yours = files_of(project, base.tree, theirs)
    check_resolved(yours)
    with work.step("merge"):
        theirs = _with_kept(theirs, base, project, _kept(project, options))
        moves = find_moves(base.tree, yours, set(theirs), project.state.moves)
        result = merge(
            named_as_moved(base.tree, moves),
            yours,
            named_as_moved(theirs, moves),
            migrations=migrations,
            moves=moves,
            ownership=Ownership(pack.seeded, pack.owned),
        )
        if options.removal:
            result = _keep_edited(result)
        after = format_merged(yours, result.tree, _merged(result))
    record = options.record or project.state.policy
    states = state_files(recipe, pack, rendered, result.moves, record)
    before = Tree({**yours, **read_files(project.root, (STATE_FILE, BASE))})
    stale = stale_names(read_tree(project.root), migrations, set(base.tree)) if migrations else []
    return Plan(base, result, before, Tree({**after, **states}), recipe, tuple(stale))


def _kept(project: Project, options: ChangeOptions) -> tuple[str, ...]:
    """Return the files that stay with the user, so that the tables can be dropped."""
    removal = options.removal
    if removal and removal.drop_tables and removal.app:
        return kept_for_migrations(project, removal.app)
    return ()


def _with_kept(theirs: Tree, base: Base, project: Project, kept: Iterable[str]) -> Tree:
    """Return what is merged: as if the template still gave the files that stay with the user."""
    if kept and project.pack.tree_hash() != base.state.pack_tree:
        raise ScaffoldError(
            f"there is a newer {project.pack.label} template, which has to be merged first",
            "scaffold update, then try again",
        )
    return Tree({**theirs, **{path: base.tree[path] for path in kept if path in base.tree}})


def _merged(result: MergeResult) -> dict[str, str]:
    """Return the files that were merged, and where each was before."""
    merged = {path: file for path, file in result.files.items() if file.status is Status.MERGE}
    return {path: file.old_path or path for path, file in merged.items()}


def _keep_edited(result: MergeResult) -> MergeResult:
    """Leave what the user built on to the user, without a conflict: whole files, and parts."""
    tree, files, conflicts = dict(result.tree), dict(result.files), []
    for conflict in result.conflicts:
        path = conflict.path
        if conflict.kind is Kind.MODIFY_DELETE and conflict.theirs is None:
            files[path] = FileResult(Status.SKIP, note=EDITED)
            continue
        if conflict.kind is Kind.CONTENT:
            tree[path] = _settled(tree[path])
            if not MARKER.search(tree[path].content):
                files[path] = replace(files[path], status=Status.MERGE, note=EDITED_IN_PART)
                continue
        conflicts.append(conflict)
    return replace(result, tree=Tree(tree), files=files, conflicts=tuple(conflicts))


def _settled(file: File) -> File:
    text = keep_edited(file.content.decode("utf-8", "surrogateescape"))
    return File(text.encode("utf-8", "surrogateescape"), file.executable)


def _database(project: Project, plan: Plan, options: ChangeOptions) -> bool:
    """Return whether a migration is wanted: the tables may differ, and none stay unused."""
    wanted = options.removal is None or options.removal.drop_tables
    return wanted and _tables_differ(project, plan)


def _tables_differ(project: Project, plan: Plan) -> bool:
    old, new = plan.base.state.recipe, plan.recipe
    same = (old.apps, old.features) == (new.apps, new.features)
    return not same or project.pack.tree_hash() != plan.base.state.pack_tree


def _result(
    project: Project,
    name: str,
    plan: Plan,
    work: StepLog,
    options: ChangeOptions,
    step: Step | None = None,
) -> ChangeResult:
    since = plan.base.state.recipe.pack_version
    problems = [one for one in work.steps if one.problem]
    left: Iterable[str] = [one.remedy for one in problems]
    if step and not (options.install and plan.result.clean):
        left = what_is_left(project, name, migrate=_database(project, plan, options))
    return ChangeResult(
        project.root,
        name,
        plan.recipe,
        SourceChange(plan.recipe.pack, since, plan.recipe.pack_version),
        plan.before != plan.after,
        plan.result.files,
        plan.result.conflicts,
        tuple(work.steps),
        tuple(left),
        tuple(_notes(project, plan, options, work)),
        release_notes(project.pack, since),
    )


def _notes(project: Project, plan: Plan, options: ChangeOptions, work: StepLog) -> list[str]:
    notes = [plan.base.note] if plan.base.note else []
    since, until = plan.base.state.recipe.pack_version, plan.recipe.pack_version
    if since != until:
        notes.append(f"{project.pack.label} {since} → {until}: its changes are brought in too")
    if options.policy:
        from scaffold.policies.changes import notes_on

        notes += notes_on(options.policy, plan.recipe, project.pack)
    if plan.stale:
        notes.append(
            f"yours, and they use a name that the template changed: {', '.join(plan.stale)}"
        )
    if any(step.failed for step in work.steps):
        notes.append("the change stays; scaffold undo takes it back")
    return [*notes, *_notes_of_removal(project, plan, options)] if options.removal else notes


def _notes_of_removal(project: Project, plan: Plan, options: ChangeOptions) -> Iterator[str]:
    parts = {EDITED: "", EDITED_IN_PART: "parts of "}
    found = plan.result.files.items()
    if edited := [parts[file.note] + path for path, file in found if file.note in parts]:
        yield f"kept, because you edited it: {', '.join(edited)}"
    still = _kept(project, options)
    if beside := _beside(project.root, plan.result.files, still):
        yield f"kept, because the template did not write it: {', '.join(beside)}"
    if kept := [path for path in still if path in plan.after]:
        yield (
            f"kept, so that every database can run the migration: {', '.join(kept)}; "
            "once all have, delete what is left of the app"
        )
    if not _database(project, plan, options) and _tables_differ(project, plan):
        yield (
            "the tables and columns stay in the database; --drop-tables writes the migration "
            "that drops them"
        )


def _beside(root: Path, files: Mapping[str, FileResult], kept: Collection[str]) -> list[str]:
    """Return the user's own files in directories that the template no longer has."""
    gone = [path for path, file in files.items() if file.status is Status.REMOVE]
    left = [path for path, file in files.items() if file.status not in (Status.REMOVE, Status.SKIP)]
    parents = {str(parent) for path in left for parent in PurePosixPath(path).parents}
    folders = {str(PurePosixPath(path).parent) for path in gone} - parents
    inside = tuple(f"{folder}/" for folder in folders)
    known = {*gone, *kept, *(path for path, file in files.items() if file.note == EDITED)}
    return [path for path in list_files(root) if path.startswith(inside) and path not in known]

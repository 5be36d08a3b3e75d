"""`scaffold update --fleet`: each repository on a branch of its own, wave by wave.

An update happens in a work tree in the cache directory. What came out well is committed to a
branch, and the work tree goes away. What did not stays there, until somebody commits it; the next
run goes on from there.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from scaffold import git
from scaffold.commands.change import ChangeOptions, ChangeResult, SourceChange, change
from scaffold.commands.existing import Project, open_project, policy_of
from scaffold.errors import Exit, ScaffoldError
from scaffold.fleet.branches import SETTINGS, attach, commit, is_on_remote, is_open, push, unmerged
from scaffold.fleet.clones import (
    Clone,
    branch_of,
    find_clone,
    place_of,
    remove_work_tree,
    work_tree,
)
from scaffold.fleet.fleet_file import Fleet, Repository
from scaffold.fleet.parallel import run_parallel
from scaffold.fleet.update_result import FleetUpdate, RepositoryUpdate, Status
from scaffold.policies import Policy, find_policy
from scaffold.policies.changes import notes_on
from scaffold.project.dotenv import dotenv_file
from scaffold.project.files import write_tree
from scaffold.project.journal import read_files
from scaffold.project.staging import STATE_FILE
from scaffold.project.template_state import is_template_project

NAME = "update"
SHOWN = ("create", "merge", "remove", "conflict")  # words for files that are counted
STATUSES = {
    Exit.DONE: Status.UPDATED,
    Exit.CONFLICTS: Status.CONFLICTS,
    Exit.UNVERIFIED: Status.CHECKS,
}


@dataclass(frozen=True)
class UpdateOptions:
    """How to update a fleet.

    Args:
        dry_run: make no branch.
        install: install what is new, write the database migration, run the quick checks.
        push: push the branches.
        offline: use what was fetched of the repositories before.
        wave_size: how many repositories a wave has at most; 0 for any number.
        workers: how many at a time; 0 for one a core.
        policy: the source of the policy that binds all of them; empty for what each records.
    """

    dry_run: bool = False
    install: bool = True
    push: bool = False
    offline: bool = False
    wave_size: int = 0
    workers: int = 0
    policy: str = ""


def update_fleet(
    fleet: Fleet, options: UpdateOptions, watch: Callable[[str], None] = lambda _: None
) -> FleetUpdate:
    """Update the repositories of a fleet; stop after a wave in which one is red.

    Args:
        fleet: the fleet.
        options: how.
        watch: called with a line as each repository is done.

    Raises:
        ScaffoldError: the policy cannot be found.
    """
    if options.policy:
        find_policy(options.policy)  # what is wrong with it is said once
    work = partial(update_repository, options=options)
    rows: list[RepositoryUpdate] = []
    for number, wave in enumerate(fleet.waves(options.wave_size), 1):
        if any(row.code for row in rows):
            done = [RepositoryUpdate(one.name, one.address, Status.WAITING) for one in wave]
        else:
            watch(f"Wave {number}: {', '.join(one.name for one in wave)}")
            done = run_parallel(work, wave, options.workers, lambda row: watch(_outcome(row)))
        rows += [replace(row, wave=number) for row in done]
    return FleetUpdate(fleet, tuple(rows))


def update_repository(repository: Repository, *, options: UpdateOptions) -> RepositoryUpdate:
    """Update one repository of a fleet; whatever goes wrong with it is in the result."""
    failed = partial(RepositoryUpdate, repository.name, repository.address, Status.FAILED)
    try:
        clone = find_clone(repository, offline=options.offline)
        with place_of(repository, NAME) as place:
            row = _left_over(repository, clone, place) or _update(repository, clone, place, options)
        row = replace(row, notes=(*filter(None, [clone.note]), *row.notes))
        return _push(row, clone) if options.push and not options.dry_run else row
    except ScaffoldError as error:
        return failed(problem=error.message, hint=error.hint)
    except Exception as error:  # a fault with one repository must not hide the others
        return failed(
            problem=f"{type(error).__name__}: {error}; this is a bug in scaffold",
            hint="run scaffold update --debug in the repository and report what it prints",
        )


def _outcome(row: RepositoryUpdate) -> str:
    return f"{row.name}: {row.status}"


def _update(
    repository: Repository, clone: Clone, place: Path, options: UpdateOptions
) -> RepositoryUpdate:
    with work_tree(clone, place) as root:
        if why := _unknown(root):
            return RepositoryUpdate(
                repository.name, repository.address, Status.SKIPPED, notes=(why,)
            )
        project = open_project(root, to="")
        branch = branch_name(repository, project, clone)
        begun = is_open(clone, branch)
        if begun and project.pack.tree_hash() != project.state.pack_tree:
            return _existing(repository, clone, project, branch)
        policy = policy_of(project, options.policy, newest=True)
        how = ChangeOptions(
            dry_run=options.dry_run,
            install=options.install,
            policy=policy,
            record=policy.record if policy else None,
        )
        if options.install and not options.dry_run:
            _write_env(root)
        done = change(project, NAME, project.recipe, how)
        row = replace(_row(repository, done), notes=_notes(policy, project))
        if not done.changed:
            return replace(row, status=Status.CURRENT)
        if begun:  # somebody may have committed to it
            return _existing(repository, clone, project, branch)
        row = replace(row, branch=branch)
        return row if options.dry_run else _kept(row, clone, place, _message(done))


def _kept(row: RepositoryUpdate, clone: Clone, place: Path, message: str) -> RepositoryUpdate:
    """Commit an update to its branch, or leave its work tree to somebody."""
    if row.code:
        attach(clone, place, row.branch)
        return replace(row, place=str(place), hint=_how_to_go_on(clone, place))
    commit(clone, place, row.branch, message)
    return row


def _write_env(root: Path) -> None:
    """Write the `.env` that the project's tools need and no clone has, as `make setup` does."""
    ignored = git.run(root, "check-ignore", "--quiet", ".env", settings=SETTINGS).ok
    if ignored and not (root / ".env").exists():
        write_tree(dotenv_file(read_files(root, [".env.example"])), root)


def _notes(policy: Policy | None, project: Project) -> tuple[str, ...]:
    """Return what in a project breaks the policy: an update does not put it right."""
    return tuple(notes_on(policy, project.recipe, project.pack)) if policy else ()


def _existing(
    repository: Repository, clone: Clone, project: Project, branch: str
) -> RepositoryUpdate:
    """Return what is known of an update that waits to be merged."""
    pack, since = project.pack, project.recipe.pack_version
    return RepositoryUpdate(
        repository.name,
        repository.address,
        Status.EXISTS,
        template=SourceChange(pack.name, since, pack.version),
        branch=branch,
        pushed=is_on_remote(clone, branch),
    )


def _unknown(root: Path) -> str:
    """Return why a project has nothing to update; empty where it has."""
    if not (root / STATE_FILE).is_file():
        return "scaffold does not know the project; scaffold adopt brings it under the tool"
    if is_template_project(root):
        return "it was made from a cookiecutter template: scaffold update in the project itself"
    return ""


def _left_over(repository: Repository, clone: Clone, place: Path) -> RepositoryUpdate | None:
    """Return what an earlier run left to somebody, where that is not committed yet."""
    branch = branch_of(place)
    if not branch:
        return None
    if not git.run(place, "status", "--porcelain").output.strip():
        remove_work_tree(clone, place)
        return None
    conflicts = unmerged(place)
    return RepositoryUpdate(
        repository.name,
        repository.address,
        Status.CONFLICTS if conflicts else Status.FAILED,
        branch=branch,
        conflicts=conflicts,
        problem="what an earlier run left to you is not committed yet",
        hint=_how_to_go_on(clone, place),
        place=str(place),
    )


def _how_to_go_on(clone: Clone, place: Path) -> str:
    return (
        f"put it right in {place} and commit it there; "
        f"or drop it: git -C {clone.folder} worktree remove --force {place}"
    )


def branch_name(repository: Repository, project: Project, clone: Clone) -> str:
    """Return the branch of an update; two projects of one repository have two."""
    pack, version = project.pack, project.pack.version
    if version == project.recipe.pack_version:  # it changed all the same
        digest = pack.tree_hash().removeprefix("sha256:")
        version = f"{version}-{digest[:7]}"
    words = [version, repository.source.rev, clone.prefix]
    return "scaffold/update-" + "-".join(re.sub(r"[^\w.+]+", "-", word) for word in words if word)


def _row(repository: Repository, done: ChangeResult) -> RepositoryUpdate:
    counts = Counter(done.words.values())
    conflicts = tuple(sorted({one.path for one in done.conflicts}))
    problem = next((step.problem for step in done.steps if step.problem), "")
    if conflicts:
        count = len(done.conflicts)
        problem = f"{count} conflict{'' if count == 1 else 's'}: {', '.join(conflicts)}"
    return RepositoryUpdate(
        repository.name,
        repository.address,
        STATUSES.get(done.code, Status.FAILED),
        template=done.source,
        files={word: counts[word] for word in SHOWN if counts[word]},
        conflicts=conflicts,
        problem=problem,
    )


def _message(done: ChangeResult) -> str:
    """Return the message of the commit: what a pull request shows."""
    source = done.source
    versions = f"{source.since} → {source.until}" if source.since != source.until else source.until
    news = [f"New in {note.version}\n\n{note.text.strip()}" for note in done.release_notes]
    return "\n\n".join([f"Update the template: {source.name} {versions}", *done.notes, *news])


def _push(row: RepositoryUpdate, clone: Clone) -> RepositoryUpdate:
    """Push the branch of an update, unless the remote has it."""
    if row.status not in (Status.UPDATED, Status.EXISTS) or row.pushed:
        return row
    done = push(clone, row.branch)
    if done.ok:
        return replace(row, pushed=True)
    return replace(
        row,
        status=Status.FAILED,
        problem=f"{row.branch} could not be pushed: {done.last}",
        hint=f"git -C {clone.folder} push origin {row.branch}",
    )

"""`scaffold new` and `init`: render, stage, complete, publish; all or nothing."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scaffold import process
from scaffold.commands.repository import make_repository
from scaffold.commands.steps import NewResult, StepLog
from scaffold.errors import Exit, ScaffoldError, UsageError
from scaffold.inputs.resolve import Proposal
from scaffold.model.tree import Tree, merge_trees
from scaffold.project.dotenv import dotenv_file
from scaffold.project.files import write_tree
from scaffold.project.staging import (
    STATE_FILE,
    check_target,
    disk_errors,
    kept_files,
    publish,
    staging,
)
from scaffold.project.state import PolicyRecord, state_files
from scaffold.rendering.render import render

SETUP = "make setup"
SHADOWED = "the name is shadowed by your project"  # what uv says of a name that is a dependency's


@dataclass(frozen=True)
class NewOptions:
    """What to do beside writing the files, and the policy that the project records."""

    git: bool = True
    install: bool = True
    verify: bool = False
    keep_on_failure: bool = False
    policy: PolicyRecord | None = None


def new(
    proposal: Proposal,
    target: Path,
    options: NewOptions,
    watch: Callable[[str], None] = lambda _: None,
) -> NewResult:
    """Create a project: complete at its target, or nothing at all.

    Args:
        proposal: what to create.
        target: where; it does not exist, or `check_target` accepts it.
        options: whether to make a repository and an environment.
        watch: called with the name of each step as it begins.

    Raises:
        ScaffoldError: the target is taken, the render is unfit, or the disk refuses.
    """
    target = target.absolute()
    check_target(target)
    work = StepLog(watch)
    with work.step("render"):
        tree = render(proposal.recipe, proposal.pack)
    try:
        _write(proposal, tree, target, options, work)
        if options.install:
            with work.step("install"):
                _install(target, work)
    except KeyboardInterrupt:
        if not (target / STATE_FILE).exists():
            raise
        if options.install:  # it is there already; only what comes after is missing
            with work.step("install"):
                work.fail("interrupted before the dependencies were installed", SETUP)
    return NewResult(target, tree, tuple(work.steps))


def _write(
    proposal: Proposal, tree: Tree, target: Path, options: NewOptions, work: StepLog
) -> None:
    """Everything up to the rename: after it the project is complete but for its environment."""
    extra = state_files(proposal.recipe, proposal.pack, tree, policy=options.policy)
    secrets = dotenv_file(tree)
    with staging(target) as place:
        with work.step("write"), disk_errors(target):
            files = merge_trees([("the project", tree), ("the state file", extra)])
            write_tree(_beside(files, target, work), place)
            own = kept_files(target)
            for name in own:
                shutil.copyfile(target / name, place / name)
        if options.install:
            with work.step("lock"):
                _lock(place, target, tree, work)
        if options.verify:
            with work.step("verify"):
                _verify(place, proposal, options, work)
        if options.git:
            with work.step("git"):
                make_repository(place, target, work)
        with disk_errors(target):  # after the commit: no secret can be in it
            write_tree(secrets, place)
        publish(place, target, own)


def _beside(files: Tree, target: Path, work: StepLog) -> Tree:
    """Rename what the user has a file of the same name for: README.md → README.scaffold.md."""
    own = {name for name in kept_files(target) if name in files}
    if not own:
        return files
    renamed = {name: ".scaffold.".join(name.rsplit(".", 1)) for name in own}
    names = ", ".join(renamed.values())
    work.warn(f"{', '.join(sorted(own))} was there and is unchanged; the new one is {names}", "")
    return Tree({renamed.get(path, path): file for path, file in files.items()})


def _lock(place: Path, target: Path, tree: Tree, work: StepLog) -> None:
    """Lock the dependencies; where a uv workspace lies above, elsewhere, so that it stays as it is.

    Raises:
        UsageError: the project has the name of a package that it depends on.
    """
    if not process.workspace_above(target):
        done = process.run([process.uv(), "lock", "--quiet"], place)
    else:
        with TemporaryDirectory(prefix="scaffold-") as elsewhere:
            write_tree(tree, Path(elsewhere))
            done = process.run([process.uv(), "lock", "--quiet"], Path(elsewhere))
            if done.ok:
                shutil.copyfile(Path(elsewhere) / "uv.lock", place / "uv.lock")
    if SHADOWED in done.output:
        raise UsageError(
            "the short name (slug) is the name of a package that the project depends on",
            "choose another one with --slug",
        )
    if not done.ok:
        work.fail(f"the dependencies could not be locked: {done.last}", SETUP)


def _verify(place: Path, proposal: Proposal, options: NewOptions, work: StepLog) -> None:
    """Test a copy of the staged project; where that fails, nothing is written."""
    from scaffold.commands.verify import verify  # brings servers and probes

    problem, failed = verify(place, proposal.recipe, proposal.pack, work.tell)
    if failed and not options.keep_on_failure:
        raise ScaffoldError(
            f"{problem}; nothing was written", "--keep-on-failure keeps it", Exit.UNVERIFIED
        )
    if problem:
        work.fail(problem, "scaffold smoke .", failed=failed)


def _install(target: Path, work: StepLog) -> None:
    if any(step.problem for step in work.steps if step.name == "lock"):
        work.fail("nothing was installed, because the dependencies are not locked", SETUP)
        return
    above = process.workspace_above(target)
    if above and (workspace := process.workspace_of(target)) != target.resolve():
        member = target.resolve().relative_to(workspace).as_posix()
        work.warn(
            f"nothing was installed: the uv workspace in {workspace} includes the project",
            f'uv sync in {workspace}; or exclude = ["{member}"] in its [tool.uv.workspace], '
            f"then {SETUP}",
        )
        return
    done = process.run([process.uv(), "sync", "--quiet"], target)
    if not done.ok:
        work.fail(f"the dependencies could not be installed: {done.last}", SETUP)

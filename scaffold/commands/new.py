"""`scaffold new` and `init`: render, stage, complete, publish; all or nothing."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from scaffold import git, process
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
MESSAGE = "Initial commit"
COMMIT = f"git commit -m '{MESSAGE}'"
# Nothing that the user set for other repositories decides what is committed.
PLAIN = ("core.autocrlf=false", "core.safecrlf=false")
ADD = f"git init && git add . && {COMMIT}"
IDENTIFY = 'git config --global user.name "…" && git config --global user.email "…"'


@dataclass(frozen=True)
class CreateStep:
    """One stage of the work.

    Args:
        name: what it is called: render, write, lock, verify, git, install.
        seconds: how long it took.
        problem: why it could not be done; empty where it was.
        remedy: what to type instead.
        failed: whether the project itself is at fault.
        warning: whether the project is complete without it.
    """

    name: str
    seconds: float
    problem: str = ""
    remedy: str = ""
    failed: bool = False
    warning: bool = False


@dataclass(frozen=True)
class NewOptions:
    """What to do beside writing the files, and the policy that the project records."""

    git: bool = True
    install: bool = True
    verify: bool = False
    keep_on_failure: bool = False
    policy: PolicyRecord | None = None


@dataclass(frozen=True)
class NewResult:
    """A project that now exists."""

    path: Path
    tree: Tree
    steps: tuple[CreateStep, ...] = field(default_factory=tuple)

    @property
    def code(self) -> Exit:
        """7 or 8 where a step failed or could not run, though the project exists."""
        if any(step.failed for step in self.steps):
            return Exit.UNVERIFIED
        missing = any(step.problem and not step.warning for step in self.steps)
        return Exit.NOT_RUN if missing else Exit.DONE


class StepLog:
    """The steps done so far, reported as they begin."""

    def __init__(self, watch: Callable[[str], None]) -> None:
        self.steps: list[CreateStep] = []
        self._watch = watch
        self._problem = ("", "", False, False)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step; `fail` inside it says why it could not be done."""
        self._watch(name)
        self._problem = ("", "", False, False)
        start = time.perf_counter()
        yield
        self.steps.append(CreateStep(name, time.perf_counter() - start, *self._problem))

    def tell(self, name: str) -> None:
        """Report what goes on inside the current step."""
        self._watch(f"verify: {name}")

    def fail(self, problem: str, remedy: str, *, failed: bool = False) -> None:
        """Note that the current step could not be done, or that the project failed it."""
        self._problem = (problem, remedy, failed, False)

    def warn(self, problem: str, remedy: str) -> None:
        """Note what is left to the user, though the project is complete."""
        self._problem = (problem, remedy, False, True)


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


def make_repository(place: Path, target: Path, work: StepLog) -> None:
    """Create a repository with one commit, unless there is one around it.

    Args:
        place: the staged project.
        target: where it goes.
        work: where it is noted what could not be done.
    """
    standing = next(folder for folder in (target, *target.parents) if folder.is_dir())
    if (root := git.work_tree_of(standing)) is None:
        _commit(place, work)
        return
    where = "the directory is" if root == target else f"it lies in {root}, which is"
    work.warn(
        f"no repository was created and nothing was committed: {where} a repository already",
        f"git add . && {COMMIT}",
    )


def _commit(place: Path, work: StepLog) -> None:
    branch = git.run(place, "config", "init.defaultBranch")
    if branch.code == process.NOT_INSTALLED:
        work.fail("git is not installed, so there is no repository", ADD)
        return
    commands = [["init", "--quiet"]]
    if not (branch.ok and branch.output.strip()):  # git before 2.28 has no `init -b`
        commands.append(["symbolic-ref", "HEAD", "refs/heads/main"])
    # All of it, whatever the user ignores in every repository.
    commands.append(["add", "--all", "--force"])
    for command in commands:
        done = git.run(place, *command, settings=PLAIN)
        if not done.ok:
            work.fail(f"git {command[0]} failed: {done.last}", ADD)
            return
    done = git.run(place, "commit", "--quiet", "-m", MESSAGE, settings=PLAIN)
    if "Please tell me who you are" in done.output or "empty ident" in done.output:
        work.warn(
            "git does not know who you are, so nothing is committed yet", f"{IDENTIFY} && {COMMIT}"
        )
    elif not done.ok and (found := git.commit_hooks(place)):
        work.warn(
            f"nothing is committed yet: your git hook {found[0]} refused it: {done.last}",
            f"git commit --no-verify -m '{MESSAGE}'",
        )
    elif not done.ok and "sign" in done.output:
        work.warn(
            f"nothing is committed yet: git could not sign the commit: {done.last}",
            f"git commit --no-gpg-sign -m '{MESSAGE}'",
        )
    elif not done.ok:
        work.fail(f"git commit failed: {done.last}", COMMIT)

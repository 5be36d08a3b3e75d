"""`scaffold new` and `init`: render, stage, complete, publish; all or nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scaffold import programs, project
from scaffold.draft import Proposal
from scaffold.errors import Exit, ScaffoldError
from scaffold.render import render
from scaffold.staging import check_target, disk_errors, publish, staging
from scaffold.tree import Tree, unite

SETUP = "make setup"
COMMIT = "git commit -m 'First commit'"
IDENTIFY = 'git config --global user.name "…" && git config --global user.email "…"'


@dataclass(frozen=True)
class Step:
    """One stage of the work.

    Args:
        name: what it is called: render, write, lock, verify, git, install.
        seconds: how long it took.
        problem: why it could not be done; empty where it was.
        remedy: what to type instead.
        failed: whether the project itself is at fault.
    """

    name: str
    seconds: float
    problem: str = ""
    remedy: str = ""
    failed: bool = False


@dataclass(frozen=True)
class Options:
    """What to do beside writing the files."""

    git: bool = True
    install: bool = True
    verify: bool = False
    keep_on_failure: bool = False


@dataclass(frozen=True)
class Result:
    """A project that now exists."""

    path: Path
    tree: Tree
    steps: tuple[Step, ...] = field(default_factory=tuple)

    @property
    def code(self) -> Exit:
        """7 or 8 where a step failed or could not run, and the project stands all the same."""
        if any(step.failed for step in self.steps):
            return Exit.UNVERIFIED
        return Exit.NOT_RUN if any(step.problem for step in self.steps) else Exit.DONE


class Work:
    """The steps done so far, told to whoever watches."""

    def __init__(self, watch: Callable[[str], None]) -> None:
        self.steps: list[Step] = []
        self._watch = watch
        self._problem = ("", "", False)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step; `fail` inside it says why it could not be done."""
        self._watch(name)
        self._problem = ("", "", False)
        start = time.perf_counter()
        yield
        self.steps.append(Step(name, time.perf_counter() - start, *self._problem))

    def tell(self, name: str) -> None:
        """Tell whoever watches what goes on inside the current step."""
        self._watch(f"verify: {name}")

    def fail(self, problem: str, remedy: str, *, failed: bool = False) -> None:
        """Note that the current step could not be done, or that the project failed it."""
        self._problem = (problem, remedy, failed)


def new(
    proposal: Proposal,
    target: Path,
    options: Options,
    watch: Callable[[str], None] = lambda _: None,
) -> Result:
    """Create a project: complete at its target, or nothing at all.

    Args:
        proposal: what to create.
        target: where; absent, or an empty directory.
        options: whether to make a repository and an environment.
        watch: called with the name of each step as it begins.

    Raises:
        ScaffoldError: the target is taken, the render is unfit, or the disk refuses.
    """
    target = target.absolute()
    check_target(target)
    work = Work(watch)
    with work.step("render"):
        tree = render(proposal.recipe, proposal.pack)
    try:
        _write(proposal, tree, target, options, work)
        if options.install:
            with work.step("install"):
                _install(target, work)
    except KeyboardInterrupt:
        if not (target / project.MANIFEST).exists():
            raise
        if options.install:  # it stands already; only what comes after is missing
            with work.step("install"):
                work.fail("interrupted before the dependencies were installed", SETUP)
    return Result(target, tree, tuple(work.steps))


def _write(proposal: Proposal, tree: Tree, target: Path, options: Options, work: Work) -> None:
    """Everything up to the rename: after it the project is complete but for its environment."""
    extra = Tree({project.MANIFEST: project.manifest(proposal.recipe, tree, proposal.pack)})
    secrets = project.environment(tree)
    with staging(target) as place:
        with work.step("write"), disk_errors(target):
            project.write(unite([("the render", tree), ("the manifest", extra)]), place)
        if options.install:
            with work.step("lock"):
                _lock(place, work)
        if options.verify:
            with work.step("verify"):
                _verify(place, proposal, options, work)
        if options.git and not programs.inside_work_tree(_standing(target)):
            with work.step("git"):
                _commit(place, proposal.recipe.name, work)
        with disk_errors(target):  # after the commit: no secret can be in it
            project.write(secrets, place)
        publish(place, target)


def _lock(place: Path, work: Work) -> None:
    done = programs.run([programs.uv(), "lock", "--quiet"], place)
    if not done.ok:
        work.fail(f"the dependencies could not be locked: {done.last}", SETUP)


def _verify(place: Path, proposal: Proposal, options: Options, work: Work) -> None:
    """Put a copy of the staged project to the proof; what fails does not arrive."""
    from scaffold.smoke.verify import verify

    problem, failed = verify(place, proposal.recipe, proposal.pack, work.tell)
    if failed and not options.keep_on_failure:
        raise ScaffoldError(f"{problem}; nothing was written", "--keep-on-failure keeps it",
                            Exit.UNVERIFIED)  # fmt: skip
    if problem:
        work.fail(problem, "scaffold smoke .", failed=failed)


def _install(target: Path, work: Work) -> None:
    if any(step.problem for step in work.steps if step.name == "lock"):
        work.fail("nothing was installed, for want of the lock", SETUP)
        return
    done = programs.run([programs.uv(), "sync", "--quiet"], target)
    if not done.ok:
        work.fail(f"the dependencies could not be installed: {done.last}", SETUP)


def _commit(place: Path, name: str, work: Work) -> None:
    branch = programs.git(place, "config", "init.defaultBranch")
    if branch.code == programs.NOT_INSTALLED:
        work.fail("git is not installed, so there is no repository",
                  f"git init && git add . && {COMMIT}")  # fmt: skip
        return
    named = [] if branch.ok and branch.output.strip() else ["-b", "main"]
    for command in (["init", "--quiet", *named], ["add", "--all"]):
        done = programs.git(place, *command)
        if not done.ok:
            work.fail(f"git {command[0]} failed: {done.last}",
                      f"git init && git add . && {COMMIT}")  # fmt: skip
            return
    done = programs.git(place, "commit", "--quiet", "-m", f"{name}, as scaffold made it")
    if "Please tell me who you are" in done.output or "empty ident" in done.output:
        work.fail("git does not know who you are, so nothing is committed yet",
                  f"{IDENTIFY} && {COMMIT}")  # fmt: skip
    elif not done.ok:
        work.fail(f"git commit failed: {done.last}", COMMIT)


def _standing(target: Path) -> Path:
    return next(folder for folder in (target, *target.parents) if folder.is_dir())

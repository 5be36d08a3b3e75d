"""`scaffold new` and `init`: render, stage, complete, publish; all or nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scaffold import programs, project
from scaffold.draft import Proposal
from scaffold.errors import Exit
from scaffold.render import render
from scaffold.tree import Tree, unite


@dataclass(frozen=True)
class Step:
    """One stage of the work.

    Args:
        name: what it is called: render, write, lock, git, install.
        seconds: how long it took.
        problem: why it could not be done; empty where it was.
        remedy: what to type instead.
    """

    name: str
    seconds: float
    problem: str = ""
    remedy: str = ""


@dataclass
class Options:
    """What to do beside writing the files."""

    git: bool = True
    install: bool = True


@dataclass(frozen=True)
class Result:
    """A project that now exists."""

    path: Path
    tree: Tree
    steps: tuple[Step, ...] = field(default_factory=tuple)

    @property
    def code(self) -> Exit:
        """Exit code 8 where a step that was asked for could not run: the project stands."""
        return Exit.NOT_RUN if any(step.problem for step in self.steps) else Exit.DONE


class Work:
    """The steps done so far, told to whoever watches."""

    def __init__(self, watch: Callable[[str], None]) -> None:
        self.steps: list[Step] = []
        self._watch = watch
        self._problem = ("", "")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step; `fail` inside it says why it could not be done."""
        self._watch(name)
        self._problem = ("", "")
        start = time.perf_counter()
        yield
        self.steps.append(Step(name, time.perf_counter() - start, *self._problem))

    def fail(self, problem: str, remedy: str) -> None:
        """Note that the current step could not be done."""
        self._problem = (problem, remedy)


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
    project.check_target(target)
    work = Work(watch)
    with work.step("render"):
        tree = render(proposal.recipe, proposal.pack)
    with project.staging(target) as place:
        with work.step("write"), project.disk_errors(target):
            extra = Tree({project.MANIFEST: project.manifest(proposal.recipe, tree)})
            own = (
                "the project's own files",
                unite([("manifest", extra), ("environment", project.environment(tree))]),
            )
            project.write(unite([("render", tree), own]), place)
        if options.install:
            with work.step("lock"):
                _lock(place, work)
        if options.git and not programs.inside_work_tree(_standing(target)):
            with work.step("git"):
                _commit(place, proposal.recipe.name, work)
        project.publish(place, target)
    if options.install:
        with work.step("install"):
            _install(target, work)
    return Result(target, tree, tuple(work.steps))


def _lock(place: Path, work: Work) -> None:
    done = programs.run([programs.uv(), "lock", "--quiet"], place)
    if not done.ok:
        work.fail(f"the dependencies could not be locked: {done.last}", "make setup")


def _install(target: Path, work: Work) -> None:
    if any(step.problem for step in work.steps if step.name == "lock"):
        work.fail("nothing was installed, for want of the lock", "make setup")
        return
    done = programs.run([programs.uv(), "sync", "--quiet"], target)
    if not done.ok:
        work.fail(f"the dependencies could not be installed: {done.last}", "make setup")


def _commit(place: Path, name: str, work: Work) -> None:
    branch = programs.run(["git", "config", "init.defaultBranch"], place, patience=10)
    if branch.code == programs.NOT_INSTALLED:
        work.fail("git is not installed, so there is no repository", "git init && git add .")
        return
    named = [] if branch.ok and branch.output.strip() else ["-b", "main"]
    for command in (["init", "--quiet", *named], ["add", "--all", "--", ".", ":!.env"]):
        done = programs.run(["git", *command], place, patience=60)
        if not done.ok:
            work.fail(f"git {command[0]} failed: {done.last}", "git init && git add .")
            return
    done = programs.run(["git", "commit", "--quiet", "-m", f"{name}, as scaffold made it"],
                        place, patience=60)  # fmt: skip
    if not done.ok:
        identity = "Please tell me who you are" in done.output or "empty ident" in done.output
        work.fail(
            "git does not know who you are, so nothing is committed yet"
            if identity
            else f"git commit failed: {done.last}",
            'git config --global user.name "…" && git config --global user.email "…"'
            " && git commit -m 'First commit'"
            if identity
            else "git commit -m 'First commit'",
        )


def _standing(target: Path) -> Path:
    return next(folder for folder in (target, *target.parents) if folder.is_dir())

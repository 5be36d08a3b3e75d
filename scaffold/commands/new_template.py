"""`scaffold new` with a cookiecutter template: render, stage, hooks, publish; all or nothing."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scaffold import git
from scaffold.commands.hooks import Staged, changed, rescan, run_hooks, run_script
from scaffold.commands.repository import make_repository
from scaffold.commands.steps import NewResult, StepLog
from scaffold.model.template import RenderedTemplate, TemplateRequest
from scaffold.model.tree import File, Tree
from scaffold.packs.checkout import Checkout
from scaffold.packs.sources import Origin
from scaffold.project.files import list_files, write_tree
from scaffold.project.staging import check_target, disk_errors, kept_files, publish, staging
from scaffold.project.template_state import TemplateState, template_state_files
from scaffold.rendering.template.client import render_template


@dataclass(frozen=True)
class TemplateResult(NewResult):
    """A project that was made from a template.

    Args:
        name: what the template is called.
        said: what its hooks said.
        notes: what the user should know.
    """

    name: str = ""
    said: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


def new_template(
    checkout: Checkout,
    request: TemplateRequest,
    path: Path | None,
    *,
    repository: bool = True,
    terminal: bool = False,
    watch: Callable[[str], None] = lambda _: None,
) -> TemplateResult:
    """Create a project from a template: complete at its target, or nothing at all.

    Args:
        checkout: the files of the template.
        request: the answers.
        path: where the project will be; by default where the template says.
        repository: whether to make a repository.
        terminal: whether hooks have the terminal, and so may ask in it.
        watch: called with the name of each step as it begins.

    Raises:
        ScaffoldError: the target is taken, or the template, a hook or the disk fails.
    """
    work = StepLog(watch)
    with work.step("render"):
        rendered = render_template(request)
    target = (path or Path(request.output_dir, rendered.name)).absolute()
    check_target(target)
    with staging(target) as place:
        around = (target.parent, Path(request.folder))
        staged = Staged(place / target.name, target, around, terminal)
        with work.step("write"), disk_errors(target):
            said, notes = write_template(rendered, staged, watch)
            tree = read_given(staged.project)
            _keep_own(staged, target, work)
        state = state_of(checkout, request, rendered)
        write_tree(template_state_files(state, tree, rendered.tools), staged.project)
        _commit(staged, work, wanted=repository)
        publish(staged.project, target, kept_files(target))
    notes = (*rendered.notes, *notes, *filter(None, [checkout.note]))
    return TemplateResult(target, tree, tuple(work.steps), state.name, said, notes, rendered.values)


def _commit(staged: Staged, work: StepLog, *, wanted: bool) -> None:
    """Make a repository where one is wanted, unless a hook has made one."""
    if wanted and not (staged.project / ".git").exists():
        with work.step("git"):
            make_repository(staged.project, staged.target, work)


@contextmanager
def prepared(request: TemplateRequest, *, terminal: bool = False) -> Iterator[TemplateRequest]:
    """Run the template's `pre_prompt` hook, if any, in a copy, as cookiecutter does.

    Raises:
        ScaffoldError: it failed.
    """
    folder = Path(request.folder)
    scripts = [
        path for path in sorted((folder / "hooks").glob("pre_prompt.*")) if path.name[-1] != "~"
    ]
    if not scripts:
        yield request
        return
    with TemporaryDirectory(prefix="scaffold-") as place:
        copy = Path(place, folder.name)
        shutil.copytree(folder, copy, symlinks=True)
        for script in scripts:
            run_script(copy / "hooks" / script.name, script.name, copy, folder, terminal=terminal)
        yield replace(request, root=str(copy), folder=str(copy))


def write_template(
    rendered: RenderedTemplate, staged: Staged, watch: Callable[[str], None]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write what a template renders, with its hooks before and after.

    Returns:
        What the hooks said, and what the user should know.

    Raises:
        ScaffoldError: a hook fails, or leaves what has no place in a project.
    """
    project = staged.project
    project.mkdir()
    hooked = bool(rendered.before or rendered.after)
    if hooked:
        watch("hooks")  # from here on they may write to the terminal
    before = staged.snapshot() if hooked else {}
    said = run_hooks(rendered.before, staged)
    for folder in rendered.folders:
        (project / folder).mkdir(parents=True, exist_ok=True)
    for name in rendered.tree:
        (project / name).unlink(missing_ok=True)  # of the first hook: replaced, as by cookiecutter
    write_tree(rendered.tree, project)
    said += run_hooks(rendered.after, staged)
    if not hooked:
        return (), ()
    notes = rescan(staged)
    if outside := changed(before, staged.snapshot()):
        notes.append(f"the hooks also wrote outside of the project: {', '.join(outside)}")
    return tuple(said), tuple(notes)


def read_given(project: Path) -> Tree:
    """Read what a template gave a project, as far as git would keep it: no secret is recorded."""
    names: list[str] = []
    with TemporaryDirectory(prefix="scaffold-") as place:
        if git.run(Path(place), "init", "--quiet", "--bare").ok:
            listed = git.run(
                project,
                f"--git-dir={place}",
                f"--work-tree={project}",
                *("ls-files", "-z", "--others", "--exclude-standard"),
                settings=("core.excludesFile=", "core.autocrlf=false"),
            )
            names = [name for name in listed.output.split("\0") if name] if listed.ok else []
    paths = {name: project / name for name in names or list_files(project)}
    return Tree(
        {
            name: File(path.read_bytes(), bool(path.stat().st_mode & 0o100))
            for name, path in paths.items()
            if path.is_file() and not path.is_symlink()
        }
    )


def state_of(
    checkout: Checkout, request: TemplateRequest, rendered: RenderedTemplate
) -> TemplateState:
    """Return what a project records: the source and the answers."""
    values = {
        key: value
        for key, value in rendered.values.items()
        if not key.startswith("_") and value is not None  # which TOML cannot hold
    }
    origin = checkout.origin
    folder = Path(request.folder)
    if origin and folder.is_relative_to(checkout.root):  # the nested template that was chosen
        inside = folder.relative_to(checkout.root).as_posix()
        origin = Origin(origin.url, origin.commit, origin.rev, inside if inside != "." else "")
    source = checkout.source.text
    spelled = source if origin and source not in (checkout.source.place, origin.url) else ""
    return TemplateState(checkout.source.name, digest_of(checkout), origin, spelled, values)


def digest_of(checkout: Checkout) -> str:
    """Return a digest of all files of a template's source."""
    digest = sha256()
    for path in sorted(checkout.folder.rglob("*")):
        name = path.relative_to(checkout.folder)
        if path.is_file() and ".git" not in name.parts:
            content = sha256(path.read_bytes()).hexdigest()
            digest.update(f"{name.as_posix()}\0{content}\n".encode("utf-8", "surrogateescape"))
    return f"sha256:{digest.hexdigest()}"


def _keep_own(staged: Staged, target: Path, work: StepLog) -> None:
    """Rename what the user has a file of the same name for: README.md → README.scaffold.md."""
    for name in kept_files(target):
        if (staged.project / name).exists():
            beside = ".scaffold.".join(name.rsplit(".", 1)) if "." in name else f"{name}.scaffold"
            (staged.project / name).rename(staged.project / beside)
            work.warn(f"{name} was there and is unchanged; the new one is {beside}", "")
        shutil.copyfile(target / name, staged.project / name)

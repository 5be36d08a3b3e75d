"""`scaffold update` of a project made from a cookiecutter template: render, hooks, merge."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scaffold.commands.change import ChangeOptions, ChangeResult, SourceChange
from scaffold.commands.conflicts import leave_in_index
from scaffold.commands.existing import check_clean, check_resolved, read_yours
from scaffold.commands.hooks import Staged
from scaffold.commands.new_template import read_given, state_of, write_template
from scaffold.commands.steps import StepLog
from scaffold.merge import MergeResult, merge
from scaffold.model.template import RenderedTemplate, TemplateRequest
from scaffold.model.tree import File, Tree
from scaffold.packs.checkout import Checkout
from scaffold.project.base import BASE
from scaffold.project.journal import apply, changes, lock, read_files, recover
from scaffold.project.staging import STATE_FILE
from scaffold.project.template_state import (
    TemplateState,
    read_template_base,
    template_state_files,
)
from scaffold.rendering.template.client import render_template

NAME = "update"


def update_template(
    root: Path,
    state: TemplateState,
    checkout: Checkout,
    request: TemplateRequest,
    options: ChangeOptions,
    watch: Callable[[str], None] = lambda _: None,
) -> ChangeResult:
    """Bring what a newer template changed into a project; what the user did to it stays.

    Args:
        root: the project.
        state: what it was made of.
        checkout: the files of the newer template.
        request: the answers for it.
        options: how.
        watch: called with the name of each step as it begins.

    Raises:
        ScaffoldError: the project is not ready for it, or the template is broken.
    """
    if options.dry_run:
        return _planned(root, state, checkout, request, watch)[0]
    with lock(root):
        recover(root)
        check_clean(root, force=options.force)
        done, before, after = _planned(root, state, checkout, request, watch)
        step = changes(root, NAME, before, after)
        if step.paths:
            apply(root, step)
            leave_in_index(root, done.conflicts)
    return done


def _planned(
    root: Path,
    state: TemplateState,
    checkout: Checkout,
    request: TemplateRequest,
    watch: Callable[[str], None],
) -> tuple[ChangeResult, Tree, Tree]:
    """Return what would happen, and the files before and after."""
    work = StepLog(watch)
    base = read_template_base(root, state)
    with work.step("render"):
        rendered = render_template(request)
        again = render_template(request)
        theirs, notes = _given(root, rendered, watch)
    theirs = Tree({**theirs, **_steady(base, theirs, rendered.tree, again.tree)})
    yours = read_yours(root, state.moves, base, theirs)
    check_resolved(yours)
    with work.step("merge"):
        result: MergeResult = merge(base, yours, theirs, moves=state.moves)
    new = replace(state_of(checkout, request, rendered), moves=result.moves)
    before = Tree({**yours, **read_files(root, (STATE_FILE, BASE))})
    after = Tree({**result.tree, **template_state_files(new, theirs, rendered.tools)})
    told = (*_notes(state, new), *rendered.notes, *notes, *filter(None, [checkout.note]))
    done = ChangeResult(
        root,
        NAME,
        new,
        SourceChange(new.name, _commit(state), _commit(new)),
        before != after,
        result.files,
        result.conflicts,
        steps=tuple(work.steps),
        notes=told,
    )
    return done, before, after


def _given(
    root: Path, rendered: RenderedTemplate, watch: Callable[[str], None]
) -> tuple[Tree, tuple[str, ...]]:
    """Return what the template gives, after its hooks have run in a place of their own."""
    with TemporaryDirectory(prefix="scaffold-") as place:
        staged = Staged(Path(place, root.name), root)
        _, notes = write_template(rendered, staged, watch)
        return read_given(staged.project), notes


def _steady(base: Tree, theirs: Tree, first: Tree, second: Tree) -> Mapping[str, File]:
    """Return files with the old lines where two renders differ: a random text, the time of day."""
    found = {}
    for path, file in first.items():
        if file != second.get(path, file) and path in base and theirs.get(path) == file:
            trees = (base, first, second)
            old, new, other = (tree[path].content.splitlines(keepends=True) for tree in trees)
            if len(old) == len(new) == len(other):
                lines = (
                    was if one != two else one
                    for was, one, two in zip(old, new, other, strict=True)
                )
                found[path] = replace(file, content=b"".join(lines))
    return found


def _commit(state: TemplateState) -> str:
    return state.origin.commit if state.origin else ""


def _notes(old: TemplateState, new: TemplateState) -> list[str]:
    notes = []
    if old.origin and new.origin and old.origin.commit != new.origin.commit:
        notes.append(f"{new.name}: {old.origin} → {new.origin}")
    if added := [f"{key}={value}" for key, value in new.values.items() if key not in old.values]:
        notes.append(f"new questions took their defaults: {', '.join(added)}")
    return notes

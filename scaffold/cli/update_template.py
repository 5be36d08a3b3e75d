"""`scaffold update` in a project that was made from a cookiecutter template."""

from pathlib import Path

from scaffold.cli.create_template import trusted
from scaffold.cli.project_options import ChangeFlags
from scaffold.commands.change import ChangeOptions, ChangeResult
from scaffold.commands.new_template import prepared
from scaffold.commands.update_template import update_template
from scaffold.errors import UsageError
from scaffold.model.template import TemplateRequest
from scaffold.packs.checkout import Checkout, fetch, newest
from scaffold.packs.sources import parse_source
from scaffold.project.template_state import TemplateState, read_template_state


def update(root: Path, flags: ChangeFlags, to: str, *, trust: bool) -> ChangeResult:
    """Bring a project to the newest version of its template.

    Args:
        root: the project.
        flags: how.
        to: the revision; empty for the newest.
        trust: let the template's code run without asking.

    Raises:
        ScaffoldError: see `commands.update_template`.
    """
    state = read_template_state(root)
    checkout = _checkout(state, flags.pack, to)
    request = TemplateRequest(
        root=str(checkout.root),
        folder=str(checkout.folder),
        template=state.source or checkout.source.text,
        checkout=checkout.source.rev,
        output_dir=str(root.parent),
        answers=dict(state.values),
        lenient=True,
    )
    options = ChangeOptions(dry_run=flags.dry_run, force=flags.force)
    silent = flags.as_json or flags.quiet
    with prepared(trusted(checkout, request, always=trust, silent=silent)) as ready:
        if silent or flags.dry_run:
            return update_template(root, state, checkout, ready, options)
        from scaffold import output as show

        with show.progress() as watch:
            return update_template(root, state, checkout, ready, options, watch)


def _checkout(state: TemplateState, pack: str, to: str) -> Checkout:
    if pack:
        return fetch(parse_source(pack, rev=to))
    if state.origin is None:
        raise UsageError(
            f"the project was made from the template {state.name}, which was a folder or a file",
            f"name it: --pack path/to/{state.name}",
        )
    origin = state.origin
    return fetch(origin.source(to) if to else newest(origin.source(origin.rev)))

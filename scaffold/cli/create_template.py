"""`scaffold new` with a cookiecutter template: trust, ask, preview, create, report."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from scaffold.cli.json_output import print_json
from scaffold.cli.options import CreateOptions, Values, why_nobody_is_asked
from scaffold.commands.new_template import TemplateResult, new_template, prepared
from scaffold.errors import Exit, ScaffoldError, UsageError
from scaffold.inputs.template_values import read_template_values
from scaffold.model.template import TemplateRequest
from scaffold.packs.checkout import Checkout
from scaffold.packs.trust import EXTENSION, Code, code_of, is_trusted, remember
from scaffold.packs.user_config import cookiecutter_config, has_cookiecutter_config
from scaffold.process import in_terminal
from scaffold.project.staging import check_target
from scaffold.rendering.template.client import questions, render_template


def create_template(
    checkout: Checkout, path: Path | None, given: Values, options: CreateOptions
) -> int:
    """Create a project from a template, or show what would be created.

    Args:
        checkout: the files of the template.
        path: where; by default where the template says.
        given: the options as they were typed.
        options: how to create it.

    Returns:
        The exit code.

    Raises:
        ScaffoldError: see `commands.new_template`.
    """
    if options.verify:
        raise UsageError("--verify goes with a pack; a template says not how it is tested")
    if path is not None and not options.dry_run:
        check_target(path.absolute())
    values, replay = read_template_values(given)
    defaults = cookiecutter_config()["default_context"] if has_cookiecutter_config() else {}
    place = path.absolute().parent if path else Path.cwd()
    request = TemplateRequest(
        root=str(checkout.root),
        folder=str(checkout.folder),
        template=checkout.source.text,
        checkout=checkout.source.rev,
        output_dir=str(place),
        defaults=dict(defaults),
        given=values,
        replay=replay,
    )
    return _level(checkout, request, path, options)


def _level(
    checkout: Checkout, request: TemplateRequest, path: Path | None, options: CreateOptions
) -> int:
    """Go through one level of nested templates: each has its own code and questions."""
    silent = options.defaults or options.as_json
    ready = trusted(checkout, request, always=options.trust, silent=silent)
    with prepared(ready, terminal=_may_ask(options)) as ready:
        nested, asked = questions(ready)
        if not options.defaults and not ready.replay:
            answers = _ask(checkout, ready, [question.key for question in asked], options)
            if answers is None:
                return Exit.INTERRUPTED
            ready = replace(ready, answers=answers)  # noqa: PLW2901 - the same, answered
            nested, _ = questions(ready)
        if not nested:
            return _create(checkout, ready, path, options)
        inner = replace(ready, folder=nested, template=nested, answers={}, trusted=False)
        return _level(checkout, inner, path, options)


def trusted(
    checkout: Checkout, request: TemplateRequest, *, always: bool, silent: bool
) -> TemplateRequest:
    """Let the user look at the code that would run, once for each of its versions.

    Args:
        checkout: where the template comes from.
        request: the template.
        always: the user trusts it unseen.
        silent: nobody is to be asked.

    Raises:
        ScaffoldError: it is not trusted (exit code 4).
    """
    found = code_of(Path(request.root), Path(request.folder), request.replay)
    for code in found:
        if always or is_trusted(checkout, code):
            continue
        if silent or not in_terminal():
            raise _untrusted(checkout, code)
        from scaffold.wizard.trust import ask_trust

        if not ask_trust(checkout.source, code):
            raise _untrusted(checkout, code)
        remember(checkout, code)
    return replace(request, trusted=any(code.kind == EXTENSION for code in found))


def _untrusted(checkout: Checkout, code: Code) -> ScaffoldError:
    return ScaffoldError(
        f"{checkout.source} would run code that you did not trust: {code.kind} "
        f"{', '.join(code.names)}",
        f"look at it: scaffold info {checkout.source}; then add --trust",
        Exit.UNTRUSTED,
    )


def _ask(
    checkout: Checkout, request: TemplateRequest, keys: list[str], options: CreateOptions
) -> Mapping[str, Any] | None:
    """Run the wizard where there is a terminal; otherwise require that nothing is missing."""
    missing = [key for key in keys if key not in request.given and key not in request.answers]
    if not missing:
        return request.answers
    if in_terminal() and not options.as_json:
        from scaffold.wizard.template import ask_template

        return ask_template(request, checkout.source, dry_run=options.dry_run)
    raise UsageError(
        f"{why_nobody_is_asked()}, and no answer for: {', '.join(missing)}",
        f"give -d {missing[0]}=VALUE and so on, or --defaults",
    )


def _create(
    checkout: Checkout, request: TemplateRequest, path: Path | None, options: CreateOptions
) -> int:
    if options.dry_run:
        return _preview(request, path, options)
    create = partial(
        new_template,
        checkout,
        request,
        path,
        repository=not options.no_git,
        terminal=_may_ask(options),
    )
    if options.quiet or options.as_json:
        return _report(create(), options)
    from scaffold import output as show

    with show.progress() as watch:
        done = create(watch=watch)
    return _report(done, options)


def _may_ask(options: CreateOptions) -> bool:
    """Tell whether hooks may ask the user."""
    return in_terminal() and not (options.defaults or options.as_json)


def _preview(request: TemplateRequest, path: Path | None, options: CreateOptions) -> int:
    rendered = render_template(request)
    if options.as_json:
        print_json(
            {
                "path": str((path or Path(request.output_dir, rendered.name)).absolute()),
                "values": dict(rendered.values),
                "files": list(rendered.tree),
                "hooks": [hook.name for hook in (*rendered.before, *rendered.after)],
                "notes": list(rendered.notes),
            }
        )
        return Exit.DONE
    from scaffold import output as show

    if options.diff:
        show.contents(rendered.tree)
    else:
        show.tree(path or Path(rendered.name), rendered.tree)
    return Exit.DONE


def _report(done: TemplateResult, options: CreateOptions) -> int:
    if options.as_json:
        print_json(
            {
                "path": str(done.path),
                "template": done.name,
                "values": dict(done.values),
                "files": list(done.tree),
                "steps": [vars(step) for step in done.steps],
                "hooks": list(done.said),
                "notes": list(done.notes),
            }
        )
    elif not options.quiet or done.code:
        from scaffold import output as show

        show.template_result(done)
    return done.code

"""What `new` and `init` have in common: ask, preview, create, report."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.cli.answers import answered, in_terminal, why_nobody_is_asked
from scaffold.cli.json_output import print_json
from scaffold.cli.options import CreateOptions, Values, parse_path
from scaffold.errors import Exit, UsageError
from scaffold.inputs.command_line import name_from_path
from scaffold.inputs.resolve import Proposal, resolve
from scaffold.inputs.value_sources import collect_given, with_preset
from scaffold.packs.catalog import find_source, is_pack
from scaffold.packs.checkout import fetch
from scaffold.packs.sources import Source
from scaffold.policies import Policy, binding_policy
from scaffold.policies.repository import repository_of
from scaffold.policies.settle import TeamSettings, obeyed, settle
from scaffold.project.staging import check_target

if TYPE_CHECKING:
    from scaffold.commands.new import NewResult


def new(
    word: str | None, path: Path | None, directory: str, given: Values, options: CreateOptions
) -> int:
    """Create a project from what was typed: a source, a path, or both.

    Args:
        word: the first word; a source, or else the path.
        path: the second word.
        directory: the sub-directory of the source.
        given: the options as they were typed.
        options: how to create it.

    Raises:
        ScaffoldError: see `commands.new`.
    """
    source = find_source(word, directory, named=path is not None) if word else None
    if source is None:
        if directory:
            raise UsageError("--directory goes with a source", "for example gh:owner/name")
        return create(parse_path(word) if word is not None else None, given, options)
    if isinstance(source, Source) and not is_pack(checkout := fetch(source)):
        from scaffold.cli.create_template import create_template

        _check_ungoverned(source, binding_policy(options.policy))
        return create_template(checkout, path, given, options)
    if given["framework"]:
        raise UsageError(f"{source} and --framework both name a pack", "name one of them")
    return create(path, {**given, "framework": [str(source)]}, options)


def create(path: Path | None, given: Values, options: CreateOptions) -> int:
    """Create a project, or show what would be created.

    Args:
        path: where; None where that follows from its name.
        given: the options as they were typed.
        options: how to create it.

    Returns:
        The exit code.

    Raises:
        ScaffoldError: see `commands.new`.
    """
    if options.diff and not options.dry_run:
        raise UsageError("--diff goes with --dry-run", "add --dry-run")
    if options.keep_on_failure and not options.verify:
        raise UsageError("--keep-on-failure goes with --verify", "add --verify")
    policy = policy_here(options.policy, path)
    settled = settle(policy, collect_given(given))
    values: Values = with_preset(given, settled.values)
    if path is not None:
        values = {"name": name_from_path(path), **values}
    place = path or (Path(values["slug"]) if "slug" in values else None)
    if place and not options.dry_run:
        check_target(place.absolute())  # before anybody answers questions for nothing
    if not options.defaults:
        team = TeamSettings(policy, frozenset() if given["preset"] else settled.suggested)
        asked = _ask(values, options, path, team)
        if asked is None:
            return Exit.INTERRUPTED
        values = asked
    if "name" not in values:
        raise UsageError("the project has no path", "scaffold new PATH --defaults")
    proposal = obeyed(policy, resolve(values))
    target = path if path is not None else Path(proposal.recipe.slug)
    if options.dry_run:
        return _preview(proposal, target, options, policy)
    result = _create(proposal, target, options, policy)
    return _report(proposal, result, options, policy)


def policy_here(given: str, path: Path | None) -> Policy | None:
    """Return the policy that binds a new project, as it holds in the repository around it."""
    policy = binding_policy(given)
    if policy is None:
        return None
    around = next((one for one in (path, *path.parents) if one.is_dir()), None) if path else None
    return policy.for_repository(repository_of(around) if around else "", date.today())  # noqa: DTZ011 - the user's


def _check_ungoverned(source: Source, policy: Policy | None) -> None:
    """Refuse a cookiecutter template where a policy decides what a project is."""
    if policy and policy.governs_recipe:
        pack = policy.settings.get("pack")
        raise UsageError(
            f"{source} is a cookiecutter template, which cannot obey the policy {policy.name}",
            f"use the team's pack: scaffold new {pack.text} PATH" if pack else "scaffold new PATH",
        )


def _ask(
    values: Values, options: CreateOptions, path: Path | None, team: TeamSettings
) -> Values | None:
    """Run the wizard where there is a terminal; otherwise require that nothing is missing."""
    if in_terminal() and not options.as_json:
        from scaffold.wizard import ask

        return ask(values, path, dry_run=options.dry_run, flags=options.flags, team=team)
    if path is None and "name" not in values:
        raise UsageError(
            f"{why_nobody_is_asked()}, and the project has no path", "scaffold new PATH --defaults"
        )
    return answered(values, ask=False)


def _create(
    proposal: Proposal, target: Path, options: CreateOptions, policy: Policy | None
) -> "NewResult":
    from scaffold.commands.new import NewOptions, new

    settings = NewOptions(
        git=not options.no_git,
        install=not options.no_install,
        verify=options.verify,
        keep_on_failure=options.keep_on_failure,
        policy=policy.record if policy else None,
    )
    if options.quiet or options.as_json:
        return new(proposal, target, settings)
    from scaffold import output as show

    with show.progress() as watch:
        return new(proposal, target, settings, watch)


def _preview(
    proposal: Proposal, target: Path, options: CreateOptions, policy: Policy | None
) -> int:
    from scaffold.rendering.render import render

    tree = render(proposal.recipe, proposal.pack)
    if options.as_json:
        print_json({**_as_json(proposal, target, policy), "files": list(tree)})
        return Exit.DONE
    from scaffold import output as show

    if not options.quiet:
        show.decision(proposal)
    if options.diff:
        show.contents(tree)
    else:
        show.tree(target, tree)
    return Exit.DONE


def _report(
    proposal: Proposal, result: "NewResult", options: CreateOptions, policy: Policy | None
) -> int:
    if options.as_json:
        steps = [vars(step) for step in result.steps]
        facts = _as_json(proposal, result.path, policy)
        print_json({**facts, "files": list(result.tree), "steps": steps})
    elif not options.quiet or result.code:
        from scaffold import output as show

        show.result(proposal, result)
    return result.code


def _as_json(proposal: Proposal, target: Path, policy: Policy | None) -> dict[str, object]:
    from scaffold.output.review import reasons

    return {
        "path": str(target.absolute()),
        "recipe": proposal.recipe.as_dict(),
        "recommendation": proposal.recommendation.as_dict(),
        "implied": dict(proposal.implied),
        "reasons": reasons(proposal),
        "notes": list(proposal.notes),
        "policy": policy.as_dict() if policy else None,
    }

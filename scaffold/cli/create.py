"""What `new` and `init` have in common: ask, preview, create, report."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.cli.answers import answered
from scaffold.cli.json_output import print_json
from scaffold.cli.options import CreateOptions, Values, why_nobody_is_asked
from scaffold.errors import Exit, UsageError
from scaffold.inputs.command_line import name_from_path
from scaffold.inputs.resolve import Proposal, resolve
from scaffold.inputs.value_sources import collect_given, with_preset
from scaffold.packs.user_config import named_policy
from scaffold.process import in_terminal
from scaffold.project.staging import check_target

if TYPE_CHECKING:
    from scaffold.commands.steps import NewResult
    from scaffold.policies import Policy


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
    policy = _policy_here(options.policy, path) if named_policy(options.policy) else None
    values, suggested = _settled(policy, given)
    if path is not None:
        values = {"name": name_from_path(path), **values}
    place = path or (Path(values["slug"]) if "slug" in values else None)
    if place and not options.dry_run:
        check_target(place.absolute())  # before anybody answers questions for nothing
    if not options.defaults:
        asked = _ask(values, options, path, policy, suggested)
        if asked is None:
            return Exit.INTERRUPTED
        values = asked
    if "name" not in values:
        raise UsageError("the project has no path", "scaffold new PATH --defaults")
    proposal = _obeyed(policy, resolve(values))
    target = path if path is not None else Path(proposal.recipe.slug)
    if options.dry_run:
        return _preview(proposal, target, options, policy)
    result = _create(proposal, target, options, policy)
    return _report(proposal, result, options, policy)


def _settled(policy: "Policy | None", given: Values) -> tuple[Values, frozenset[str]]:
    """Return the values of a new project, and the keys that only the policy's defaults set."""
    values = collect_given(given)
    if policy is None:
        return with_preset(given, values), frozenset()
    from scaffold.policies.settle import settle

    settled = settle(policy, values)
    suggested = frozenset() if given["preset"] else settled.suggested
    return with_preset(given, settled.values), suggested


def _obeyed(policy: "Policy | None", proposal: Proposal) -> Proposal:
    if policy is None:
        return proposal
    from scaffold.policies.settle import obeyed

    return obeyed(policy, proposal)


def _policy_here(given: str, path: Path | None) -> "Policy | None":
    """Return the policy that binds a new project, as it holds in the repository around it."""
    from scaffold.policies import binding_policy
    from scaffold.policies.repository import repository_of

    policy = binding_policy(given)
    if policy is None:
        return None
    around = next((one for one in (path, *path.parents) if one.is_dir()), None) if path else None
    return policy.for_repository(repository_of(around) if around else "", date.today())  # noqa: DTZ011 - the user's


def _ask(
    values: Values,
    options: CreateOptions,
    path: Path | None,
    policy: "Policy | None",
    suggested: frozenset[str],
) -> Values | None:
    """Run the wizard where there is a terminal; otherwise require that nothing is missing."""
    if in_terminal() and not options.as_json:
        from scaffold.wizard import ask

        return ask(
            values,
            path,
            dry_run=options.dry_run,
            flags=options.flags,
            policy=policy,
            suggested=suggested,
        )
    if path is None and "name" not in values:
        raise UsageError(
            f"{why_nobody_is_asked()}, and the project has no path", "scaffold new PATH --defaults"
        )
    return answered(values, ask=False)


def _create(
    proposal: Proposal, target: Path, options: CreateOptions, policy: "Policy | None"
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
    proposal: Proposal, target: Path, options: CreateOptions, policy: "Policy | None"
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
    proposal: Proposal, result: "NewResult", options: CreateOptions, policy: "Policy | None"
) -> int:
    if options.as_json:
        steps = [vars(step) for step in result.steps]
        facts = _as_json(proposal, result.path, policy)
        print_json({**facts, "files": list(result.tree), "steps": steps})
    elif not options.quiet or result.code:
        from scaffold import output as show

        show.result(proposal, result)
    return result.code


def _as_json(proposal: Proposal, target: Path, policy: "Policy | None") -> dict[str, object]:
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

"""`scaffold new`: what was typed is a source, a path, or both."""

from pathlib import Path

from scaffold.cli.options import CreateOptions, Values, parse_path
from scaffold.errors import UsageError
from scaffold.packs.catalog import find_source
from scaffold.packs.checkout import fetch, is_pack
from scaffold.packs.sources import FOLDER, Source
from scaffold.packs.user_config import named_policy
from scaffold.rendering import isolation


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
    if source is None and directory:
        raise UsageError("--directory goes with a source", "for example gh:owner/name")
    if isinstance(source, Source) and source.kind != FOLDER:
        isolation.start(isolation.TEMPLATE)  # it loads while the source is fetched
    if isinstance(source, Source) and not is_pack(checkout := fetch(source)):
        _check_ungoverned(source, options)
        from scaffold.cli.create_template import create_template

        return create_template(checkout, path, given, options)
    from scaffold.cli.create import create

    if source is None:
        place = parse_path(word) if word is not None else None
        return create(place, given, options)
    if given["framework"]:
        raise UsageError(f"{source} and --framework both name a pack", "name one of them")
    return create(path, {**given, "framework": [str(source)]}, options)


def _check_ungoverned(source: Source, options: CreateOptions) -> None:
    """Refuse a cookiecutter template where a policy decides what a project is."""
    if not named_policy(options.policy):
        return
    from scaffold.policies import binding_policy

    policy = binding_policy(options.policy)
    if policy and policy.governs_recipe:
        pack = policy.settings.get("pack")
        raise UsageError(
            f"{source} is a cookiecutter template, which cannot obey the policy {policy.name}",
            f"use the team's pack: scaffold new {pack.text} PATH" if pack else "scaffold new PATH",
        )

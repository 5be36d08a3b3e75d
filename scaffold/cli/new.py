"""`scaffold new`: what was typed is a source, a path, or both."""

from pathlib import Path

from scaffold.cli.options import CreateOptions, Values, parse_path
from scaffold.errors import UsageError
from scaffold.packs.catalog import find_source, is_pack
from scaffold.packs.checkout import fetch
from scaffold.packs.sources import Source
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
    if isinstance(source, Source) and not is_pack(checkout := fetch(source)):
        isolation.start(isolation.TEMPLATE)  # it loads while we do
        from scaffold.cli.create_template import create_template

        return create_template(checkout, path, given, options)
    from scaffold.cli.create import create
    from scaffold.inputs.value_sources import collect_values

    if source is None:
        place = parse_path(word) if word is not None else None
        return create(place, collect_values(given), options)
    if given["framework"]:
        raise UsageError(f"{source} and --framework both name a pack", "name one of them")
    return create(path, collect_values({**given, "framework": [str(source)]}), options)

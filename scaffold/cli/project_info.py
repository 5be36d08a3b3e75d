"""The commands that only look at a project, or at a source of projects."""

from pathlib import Path
from typing import Annotated

import typer

from scaffold.cli.json_output import print_json
from scaffold.cli.options import Debug, Json
from scaffold.cli.project_options import Pack
from scaffold.errors import Exit


def template_project() -> Path | None:
    """Return the project around, if it was made from a cookiecutter template."""
    from scaffold.project.state import find_project
    from scaffold.project.template_state import is_template_project

    root = find_project(Path.cwd())
    return root if is_template_project(root) else None


def diff(
    *,
    stat: Annotated[bool, typer.Option("--stat", help="One line for each file.")] = False,
    pack: Pack = "",
    as_json: Json = False,
    debug: Debug = False,  # noqa: ARG001 - read in cli.run
) -> int:
    """Show what you changed in the template's files."""
    from scaffold import output as show
    from scaffold.commands.diff import compare
    from scaffold.commands.diff import diff as run
    from scaffold.commands.existing import open_project
    from scaffold.project.template_state import read_template_base, read_template_state

    if root := template_project():
        state = read_template_state(root)
        found = compare(root, read_template_base(root, state), state.moves)
    else:
        found = run(open_project(Path.cwd(), pack))
    if as_json:
        print_json([one.as_dict() for one in found])
    else:
        show.diff(found, stat=stat)
    return Exit.DONE


def info(
    source: Annotated[
        str, typer.Argument(help="A pack or template, instead of the project.", metavar="[SOURCE]")
    ] = "",
    *,
    directory: Annotated[
        str, typer.Option("--directory", metavar="PATH", help="The sub-directory of the source.")
    ] = "",
    pack: Pack = "",
    as_json: Json = False,
    debug: Debug = False,  # noqa: ARG001 - read in cli.run
) -> int:
    """Show what a project was made of, or what a source would do."""
    from scaffold import output as show
    from scaffold.commands.existing import open_project
    from scaffold.commands.info import info as run

    if source:
        return _source_info(source, directory, as_json=as_json)
    if root := template_project():
        return _template_info(root, as_json=as_json)
    found = run(open_project(Path.cwd(), pack))
    if as_json:
        print_json(found.as_dict())
    else:
        show.info(found)
    return Exit.DONE


def _source_info(source: str, directory: str, *, as_json: bool) -> int:
    from scaffold import output as show
    from scaffold.commands.source_info import source_info

    held = source_info(source, directory)
    if as_json:
        print_json(held.as_dict())
    else:
        show.source_info(held)
    return Exit.DONE


def _template_info(root: Path, *, as_json: bool) -> int:
    from scaffold import output as show
    from scaffold.project.template_state import read_template_state

    state = read_template_state(root)
    if as_json:
        print_json({"path": str(root), **state.as_dict()})
    else:
        show.template_project(root, state)
    return Exit.DONE

"""The commands: each calls a function and shows the result."""

from pathlib import Path
from typing import Annotated

import typer

from scaffold.cli.adopt import EXAMPLES as ADOPT_EXAMPLES
from scaffold.cli.adopt import adopt
from scaffold.cli.check import EXAMPLES as CHECK_EXAMPLES
from scaffold.cli.check import check
from scaffold.cli.json_output import print_json
from scaffold.cli.options import (
    ANSWERS,
    CREATE_OPTIONS,
    PROJECT,
    CreateOptions,
    Debug,
    Defaults,
    Json,
    Values,
    parse_path,
    with_options,
)
from scaffold.cli.policy import policy
from scaffold.cli.project_commands import register
from scaffold.cli.smoke import smoke
from scaffold.errors import Exit

EXAMPLES = {  # \b keeps the lines as they are
    "new": """\b
Examples:
  scaffold new shop
  scaffold new shop --preset api --dry-run
  scaffold new flask shop
  scaffold new shop --defaults --framework flask --without admin
  scaffold new shop --defaults --resource 'catalog.Product: name:str price:decimal'
""",
    "recommend": """\b
Examples:
  scaffold recommend
  scaffold recommend --defaults --team-size large --needs admin,api --json
""",
    "smoke": """\b
Examples:
  scaffold smoke path/to/project
  scaffold smoke --pack flask --first 3
  scaffold smoke --pack my/pack --features docker,api --resources default --only tests
""",
}
app = typer.Typer(
    name="scaffold",
    help="Recommend Flask or Django for a project, with reasons, and create it.",
    epilog="scaffold COMMAND --help says more. Exit codes are listed in docs/usage.md.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from scaffold import __version__

        print(f"scaffold {__version__}")  # noqa: T201 - the answer itself
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[  # answered by its callback, before a command is missed
        bool,
        typer.Option(
            "--version", "-V", help="Print the version.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Recommend Flask or Django for a project, with reasons, and create it."""


@app.command(epilog=EXAMPLES["new"])
@with_options(PROJECT, ANSWERS, CREATE_OPTIONS)
def new(
    source: Annotated[
        str | None,
        typer.Argument(
            help="A pack: gh:owner/name@v1//folder, a git URL, a zip file, a folder.",
            metavar="SOURCE",
        ),
    ] = None,
    path: Annotated[
        Path | None,
        typer.Argument(help="Where to create the project.", metavar="PATH", parser=parse_path),
    ] = None,
    *,
    directory: Annotated[
        str, typer.Option("--directory", metavar="PATH", help="The sub-directory of the source.")
    ] = "",
    given: Values,
    options: CreateOptions,
) -> int:
    """Create a project: questions, a review, all or nothing."""
    from scaffold.cli.new import new as run

    return run(source, path, directory, given, options)


@app.command()
@with_options(PROJECT, ANSWERS, CREATE_OPTIONS)
def init(*, given: Values, options: CreateOptions) -> int:
    """Create a project in the current directory.

    A repository, a README and a license may be there.
    """
    from scaffold.cli.create import create

    return create(Path.cwd(), given, options)


@app.command(epilog=EXAMPLES["recommend"])
@with_options(ANSWERS)
def recommend(*, values: Values, defaults: Defaults = False, as_json: Json = False) -> int:
    """Recommend Flask or Django, with reasons."""
    from scaffold.cli.answers import answered
    from scaffold.inputs.value_sources import answers_in
    from scaffold.recommendation.recommend import recommend as run

    answers = answers_in(values)
    if not defaults:
        answers = answered(answers, ask=not as_json)
    recommendation = run(answers)
    if as_json:
        print_json(recommendation.as_dict())
    else:
        from scaffold import output as show

        show.recommendation(recommendation)
    return Exit.DONE


@app.command("list")
def list_(*, as_json: Json = False, debug: Debug = False) -> int:  # noqa: ARG001 - read in cli.run
    """List packs, features, and the sources of you and your team."""
    from scaffold.commands.list import list_packs
    from scaffold.commands.source_info import list_sources

    found, own = list_packs(), list_sources()
    if as_json:
        print_json([*(pack.as_dict() for pack in found), *(one.as_dict() for one in own)])
    else:
        from scaffold import output as show

        show.packs(found)
        show.sources(own)
    return Exit.DONE


register(app)
app.command(epilog=CHECK_EXAMPLES)(check)
app.command(epilog=ADOPT_EXAMPLES)(adopt)
app.add_typer(policy)
app.command(epilog=EXAMPLES["smoke"])(smoke)


@app.command()
def schema(
    *,
    as_json: Annotated[  # noqa: ARG001 - as every command has it
        bool, typer.Option("--json", help="The default, and the only format.", show_default=False)
    ] = True,
    debug: Debug = False,  # noqa: ARG001 - read in cli.run
) -> int:
    """Print the JSON Schema of all questions and keys."""
    from scaffold.inputs.json_schema import json_schema

    print_json(json_schema())
    return Exit.DONE


@app.command()
def doctor(*, as_json: Json = False, debug: Debug = False) -> int:  # noqa: ARG001 - read in cli.run
    """Check what this machine has and lacks."""
    from scaffold.commands.doctor import doctor as run

    found = run()
    if as_json:
        print_json(found.as_dict())
    else:
        from scaffold import output as show

        show.doctor(found)
    return Exit.DONE

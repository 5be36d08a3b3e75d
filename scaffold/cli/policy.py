"""The commands `policy lint` and `policy explain`."""

from datetime import date
from typing import Annotated

import typer

from scaffold.cli.json_output import print_json
from scaffold.cli.options import Debug, Json
from scaffold.errors import Exit

EXAMPLES = """\b
Examples:
  scaffold policy lint policies/web.toml
  scaffold policy explain gh:acme/policies@v1//web.toml
  scaffold policy explain article rules
"""
Source = Annotated[
    str,
    typer.Argument(
        help="A file, an https address, gh:owner/name@v1//web.toml, or article.", metavar="SOURCE"
    ),
]
policy = typer.Typer(
    name="policy",
    help="Check a team's policy, or say what it sets and who set it.",
    epilog=EXAMPLES,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@policy.command("lint", epilog=EXAMPLES)
def lint(
    source: Source,
    *,
    as_json: Json = False,
    debug: Debug = False,  # noqa: ARG001 - read in cli.run
) -> int:
    """Find what is wrong with a policy: faults, contradictions, exceptions that expired."""
    from scaffold import output as show
    from scaffold.policies.lint import lint as run

    result = run(source, date.today())  # noqa: DTZ011 - the user's
    if as_json:
        print_json(result.as_dict())
    else:
        show.policy_faults(result)
    return result.code


@policy.command("explain", epilog=EXAMPLES)
def explain(
    source: Source,
    key: Annotated[
        str, typer.Argument(help="A key, as in locks.database, or its beginning.", metavar="KEY")
    ] = "",
    *,
    as_json: Json = False,
    debug: Debug = False,  # noqa: ARG001 - read in cli.run
) -> int:
    """Show what a policy sets, with all that it extends, and who set it."""
    from scaffold import output as show
    from scaffold.policies import find_policy

    found = find_policy(source)
    found = found.narrowed(key) if key else found
    if as_json:
        print_json(found.as_dict())
    else:
        show.policy(found, date.today())  # noqa: DTZ011 - the user's
    return Exit.DONE

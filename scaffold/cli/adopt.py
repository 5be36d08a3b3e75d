"""The command `adopt`: read options, run the command, show the result."""

from pathlib import Path
from typing import Annotated

import typer

from scaffold.cli.json_output import print_json
from scaffold.cli.options import Debug, Json, PolicySource
from scaffold.errors import Exit

EXAMPLES = """\b
Examples:
  scaffold adopt --dry-run
  scaffold adopt path/to/project
"""


def adopt(
    path: Annotated[
        Path | None, typer.Argument(help="A project of Flask or Django.", metavar="PATH")
    ] = None,
    *,
    framework: Annotated[
        str, typer.Option("--framework", metavar="NAME", help="flask or django, if it has both.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it; write nothing.")] = False,
    policy: PolicySource = "",
    as_json: Json = False,
    debug: Debug = False,  # noqa: ARG001 - read in cli.run
) -> int:
    """Bring an existing project under scaffold.

    State and baseline are written; nothing of the project changes.
    """
    from scaffold import output as show
    from scaffold.commands.adopt import adopt as run
    from scaffold.policies import binding_policy

    done = run(path, framework, dry_run=dry_run, policy=binding_policy(policy))
    if as_json:
        print_json(done.as_dict())
    else:
        show.adoption(done, dry_run=dry_run)
    return Exit.DONE

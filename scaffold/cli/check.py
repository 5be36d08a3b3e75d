"""The command `check`: read options, run the command, write reports."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scaffold.cli.fleet import (
    IN_PROJECT,
    ONE,
    FleetFile,
    FleetFlags,
    Offline,
    Workers,
    check_fleet,
    only_with_fleet,
    refuse,
)
from scaffold.cli.json_output import print_json
from scaffold.cli.options import Debug, Json, PolicySource
from scaffold.errors import Exit

if TYPE_CHECKING:
    from scaffold.checks.reports import Output
    from scaffold.checks.result import CheckResult

EXAMPLES = """\b
Examples:
  scaffold check
  scaffold check path/to/project --output terminal --output sarif=check.sarif
  scaffold check --since origin/main
  scaffold check --update-baseline
  scaffold check --policy gh:acme/policies@v1//web.toml
  scaffold check --policy article
  scaffold check --explain route-outside-blueprint
  scaffold check --fleet fleet.toml --output terminal --output html=fleet.html
"""
Target = Annotated[
    Path | None, typer.Argument(help="A project of Flask or Django.", metavar="PATH")
]
Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        help="terminal, json, sarif, junit, github or gitlab; with --fleet terminal, json or html; "
        "with =FILE into a file; repeatable.",
        metavar="FORM",
    ),
]
Explain = Annotated[
    str, typer.Option("--explain", help="Say what a rule means, and why.", metavar="RULE")
]
Since = Annotated[
    str,
    typer.Option("--since", help="Only what was no violation at a revision.", metavar="REV"),
]
UpdateBaseline = Annotated[
    bool, typer.Option("--update-baseline", help="Tolerate what is found from now on.")
]
Fix = Annotated[
    bool, typer.Option("--fix", help="Fix what can be fixed without changing what it does.")
]
UnsafeFixes = Annotated[
    bool, typer.Option("--unsafe-fixes", help="Fix more; look at the changes afterwards.")
]
Quiet = Annotated[
    bool, typer.Option("-q", "--quiet", help="Print nothing unless there are violations.")
]


def check(  # noqa: PLR0913 - one for each flag
    path: Target = None,
    *,
    output: Outputs = None,
    since: Since = "",
    update_baseline: UpdateBaseline = False,
    fix: Fix = False,
    unsafe_fixes: UnsafeFixes = False,
    explain: Explain = "",
    policy: PolicySource = "",
    fleet: FleetFile = None,
    workers: Workers = None,
    offline: Offline = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 - read in cli.run
) -> int:
    """Check the layout of any Flask or Django project.

    Its source is read; nothing of it is run.
    """
    if explain:
        return _explain(explain, as_json=as_json)
    if fleet:
        one = {"PATH": path, "--since": since, "--update-baseline": update_baseline}
        refuse({**one, "--fix": fix, "--unsafe-fixes": unsafe_fixes}, ONE, IN_PROJECT)
        flags = FleetFlags(fleet, workers or 0, offline, as_json, quiet)
        return check_fleet(flags, output or (), policy)
    only_with_fleet({"--workers": workers, "--offline": offline})
    from scaffold.checks import reports
    from scaffold.commands import check as command

    outputs = reports.parse([*(output or ()), *(["json"] if as_json else ())])
    bound = command.policy_from_outside(policy)
    options = command.CheckOptions(since, update_baseline, fix, unsafe_fixes, bound)
    result = command.check(path, options)
    _report(result, outputs, quiet=quiet)
    return result.code


def _report(result: "CheckResult", outputs: "list[Output]", *, quiet: bool) -> None:
    from scaffold import output as show
    from scaffold.checks.reports import TERMINAL, write

    sys.stdout.write(write(result, outputs))
    if (TERMINAL, None) in outputs and (result.code or not quiet):
        show.check(result)


def _explain(word: str, *, as_json: bool) -> int:
    from scaffold import output as show
    from scaffold.checks import find_rule
    from scaffold.recommendation.rules import ADVICE

    rule = find_rule(word)
    if as_json:
        facts = {name: value for name, value in vars(rule).items() if name != "check"}
        print_json({**facts, "fix": str(rule.fix or "none")})
    else:
        show.explanation(rule, ADVICE.get(rule.advice, ""))
    return Exit.DONE

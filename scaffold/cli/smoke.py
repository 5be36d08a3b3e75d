"""The command `smoke`: read options, run the command, write reports."""

import os
import sys
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from scaffold.cli.options import DEBUG, parameter
from scaffold.errors import Exit, UsageError

if TYPE_CHECKING:
    from scaffold.commands.smoke import Request


def _option(flags: str, kind: Any, help_: str, default: Any = None, metavar: str = "") -> Parameter:  # noqa: ANN401 - typer's own
    name = flags.rsplit(maxsplit=1)[-1].removeprefix("--").replace("-", "_")
    least = 1 if kind is int else None
    option = typer.Option(
        *flags.split(), help=help_, metavar=metavar or None, min=least, show_default=False
    )
    return parameter("as_json" if name == "json" else name, Annotated[kind, option], default)


OPTIONS = (
    _option("--recipe", Path | None, "Test the project of a recipe.", metavar="FILE"),
    _option("--pack", str, "Test a pack: flask, django or the path of a pack.", "", metavar="PATH"),
    _option("--pairs", bool, "Cover every pair of options (default).", False),
    _option("--all", bool, "Cover every allowed combination of options.", False),
    _option(
        "--changed",
        str,
        "Only cases that render differently since a git revision.",
        "",
        metavar="BASE",
    ),
    _option("--first", int, "Only the first cases; they cover most.", metavar="N"),
    _option("--features", str | None, "One case: exactly these features.", metavar="A,B"),
    _option(
        "--resources", str | None, "One case: this set of the pack's resources.", metavar="NAME"
    ),
    _option(
        "--only",
        list[str] | None,
        "Only this step and those it depends on; repeatable.",
        metavar="STEP",
    ),
    _option("--workers", int, "Cases at a time; default: the number of cores.", metavar="N"),
    _option("--python", str, "The Python of the projects.", "", metavar="VERSION"),
    _option("--fail-fast", bool, "Stop at the first failure.", False),
    _option("--keep", bool, "Keep the temporary directory.", False),
    _option("--logs", Path | None, "Copy the log of every step to a directory.", metavar="DIR"),
    _option("--no-cache", bool, "Run steps that passed before again.", False),
    _option("--no-shrink", bool, "Do not shrink failures.", False),
    _option(
        "--report", list[str] | None, "json=FILE, junit=FILE or github; repeatable.", metavar="FORM"
    ),
    _option(
        "--emit-matrix", str, "Print the matrix of a CI job and run nothing.", "", metavar="github"
    ),
    _option("--runners", int, "With --emit-matrix: the largest number of jobs.", metavar="N"),
    _option("--shard", str, "Only shard I of N.", "", metavar="I/N"),
    _option("--json", bool, "Print the result for programs.", False),
    _option("-q --quiet", bool, "Print nothing unless a step fails.", False),
)


def smoke(**options: Any) -> int:  # noqa: ANN401 - whatever typer parsed
    """Test that a project works: install, lint, test, boot, probe."""
    _check(options)
    request = _request(options)
    if options["emit_matrix"]:
        return _emit(request, options["emit_matrix"], options["runners"] or 0)
    from scaffold.commands.smoke import smoke as run
    from scaffold.reporting import check_writable
    from scaffold.smoke import reports
    from scaffold.smoke.reports import progress, terminal
    from scaffold.smoke.reports.json import text

    wanted = reports.parse(options["report"] or [])
    if options["logs"]:
        check_writable(options["logs"] / "log")
    with progress.progress(quiet=options["quiet"] or options["as_json"]) as listener:
        result = run(request, listener)
    if options["as_json"]:
        _print(text(result))
    elif not options["quiet"] or result.code:
        terminal.show(result)
    # GitHub reads annotations from both streams; with --json, stdout is one document.
    _print(reports.write(result, wanted), sys.stderr if options["as_json"] else sys.stdout)
    return result.code


_ARGUMENT = typer.Argument(help="An existing project.", metavar="PROJECT")
smoke.__signature__ = Signature(  # type: ignore[attr-defined]  # read by typer
    [parameter("project", Annotated[Path | None, _ARGUMENT], None), DEBUG, *OPTIONS]
)


def _check(options: dict[str, Any]) -> None:
    """Refuse options that would be ignored.

    Raises:
        UsageError: two options exclude each other, or one needs another.
    """
    one = [name for name in ("features", "resources") if options[name] is not None]
    many = [
        name
        for name in ("pairs", "all", "changed", "first", "shard", "emit_matrix")
        if options[name]
    ]
    if options["pairs"] and options["all"]:
        raise UsageError("--pairs and --all exclude each other", "take one")
    if one and (many or options["project"]):
        raise UsageError(
            f"--{one[0]} goes with --pack or --recipe only",
            f"leave out {_flag(many[0]) if many else 'the project'}",
        )
    if many and not options["pack"]:
        raise UsageError(f"{_flag(many[0])} goes with --pack", "name a pack")
    if options["runners"] and not options["emit_matrix"]:
        raise UsageError("--runners goes with --emit-matrix", "add --emit-matrix github")
    if options["shard"] and options["emit_matrix"]:
        raise UsageError("--emit-matrix and --shard exclude each other", "take one")


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _request(options: dict[str, Any]) -> "Request":
    from scaffold.commands.smoke import Request
    from scaffold.smoke.runtime.runner import RunSettings

    features = options["features"]
    names = None
    if features is not None:
        names = tuple(filter(None, (name.strip() for name in features.split(","))))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    settings = RunSettings(
        workers=options["workers"] or cores or 1,
        fail_fast=options["fail_fast"],
        keep=options["keep"],
        cache=not options["no_cache"],
        shrink=not options["no_shrink"],
        python=options["python"],
        logs=options["logs"].absolute() if options["logs"] else None,
    )
    same = ("project", "recipe", "pack", "all", "changed", "shard", "resources")
    return Request(
        features=names,
        first=options["first"] or 0,
        only=tuple(options["only"] or ()),
        settings=settings,
        **{name: options[name] for name in same},
    )


def _emit(request: "Request", system: str, runners: int) -> int:
    from scaffold.commands.smoke import emit_matrix

    if system != "github":
        raise UsageError(f"no matrix for {system}", "--emit-matrix github, or --shard I/N")
    import json  # not needed by --help

    _print(json.dumps(emit_matrix(request, runners)) + "\n")
    return Exit.DONE


def _print(text: str, stream: TextIO | None = None) -> None:
    if text:
        print(text, end="", file=stream)

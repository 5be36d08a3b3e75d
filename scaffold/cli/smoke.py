"""The command `smoke`: options in, verb called, reports out."""

import json
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
    _option("--recipe", Path | None, "Prove what a recipe renders.", metavar="FILE"),
    _option("--pack", str, "Prove a pack: flask, django or the folder of one.", "",
            metavar="PATH"),
    _option("--pairs", bool, "Every pair of options at least once: the default.", False),
    _option("--all", bool, "Every allowed combination of options.", False),
    _option("--changed", str, "Only what renders otherwise since a git revision.", "",
            metavar="BASE"),
    _option("--first", int, "Only the first recipes; they cover most.", metavar="N"),
    _option("--features", str | None, "One recipe: exactly these features.", metavar="A,B"),
    _option("--resources", str | None, "One recipe: this set of the pack's resources.",
            metavar="NAME"),
    _option("--only", list[str] | None, "Only this step and what it builds on; several.",
            metavar="STEP"),
    _option("--workers", int, "Recipes at a time; the cores by default.", metavar="N"),
    _option("--python", str, "The Python of the projects.", "", metavar="VERSION"),
    _option("--fail-fast", bool, "End at the first failure.", False),
    _option("--keep", bool, "Leave everything in the temporary directory.", False),
    _option("--logs", Path | None, "Copy the log of every step there.", metavar="DIR"),
    _option("--no-cache", bool, "Prove again what is proven.", False),
    _option("--no-shrink", bool, "Do not look for the smallest failing set.", False),
    _option("--report", list[str] | None, "json=FILE, junit=FILE or github; several.",
            metavar="FORM"),
    _option("--emit-matrix", str, "Run nothing, print the matrix of a CI job.", "",
            metavar="github"),
    _option("--runners", int, "With --emit-matrix: jobs at most.", metavar="N"),
    _option("--shard", str, "Only part I of N.", "", metavar="I/N"),
    _option("--json", bool, "Print the result for programs.", False),
    _option("-q --quiet", bool, "Say nothing while it runs.", False),
)  # fmt: skip


def smoke(**said: Any) -> int:  # noqa: ANN401 - whatever typer parsed
    """Prove that a project works: install, lint, test, boot, probe."""
    _check(said)
    request = _request(said)
    if said["emit_matrix"]:
        return _emit(request, said["emit_matrix"], said["runners"] or 0)
    from scaffold.commands.smoke import smoke as verb
    from scaffold.smoke import reports
    from scaffold.smoke.reports import progress, terminal
    from scaffold.smoke.reports.json import text

    wanted = reports.parse(said["report"] or [])
    if said["logs"]:
        reports.check_place(said["logs"] / "log")
    with progress.progress(quiet=said["quiet"] or said["as_json"]) as watch:
        summary = verb(request, watch)
    if said["as_json"]:
        _print(text(summary))
    elif not said["quiet"] or summary.code:
        terminal.show(summary)
    # GitHub reads annotations on either stream; a program reads one document on its own.
    _print(reports.write(summary, wanted), sys.stderr if said["as_json"] else sys.stdout)
    return summary.code


_ARGUMENT = typer.Argument(help="An existing project.", metavar="PROJECT")
smoke.__signature__ = Signature(  # type: ignore[attr-defined]  # read by typer
    [parameter("project", Annotated[Path | None, _ARGUMENT], None), DEBUG, *OPTIONS]
)


def _check(said: dict[str, Any]) -> None:
    """Refuse options that would be passed over in silence.

    Raises:
        UsageError: two of them do not go together.
    """
    one = [name for name in ("features", "resources") if said[name] is not None]
    many = [name for name in ("pairs", "all", "changed", "first", "shard", "emit_matrix")
            if said[name]]  # fmt: skip
    if said["pairs"] and said["all"]:
        raise UsageError("--pairs and --all exclude each other", "take one")
    if one and (many or said["project"]):
        raise UsageError(f"--{one[0]} chooses one recipe of a pack or a recipe file",
                         f"leave out {_flag(many[0]) if many else 'the project'}")  # fmt: skip
    if many and not said["pack"]:
        raise UsageError(f"{_flag(many[0])} goes with --pack", "name a pack")
    if said["runners"] and not said["emit_matrix"]:
        raise UsageError("--runners goes with --emit-matrix", "add --emit-matrix github")
    if said["shard"] and said["emit_matrix"]:
        raise UsageError("--emit-matrix and --shard exclude each other", "take one")


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _request(said: dict[str, Any]) -> "Request":
    from scaffold.commands.smoke import Request
    from scaffold.smoke.runtime.runner import Settings

    features = said["features"]
    names = None
    if features is not None:
        names = tuple(filter(None, (name.strip() for name in features.split(","))))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    settings = Settings(
        workers=said["workers"] or cores or 1,
        fail_fast=said["fail_fast"],
        keep=said["keep"],
        cache=not said["no_cache"],
        shrink=not said["no_shrink"],
        python=said["python"],
        logs=said["logs"].absolute() if said["logs"] else None,
    )
    same = ("project", "recipe", "pack", "all", "changed", "shard", "resources")
    return Request(
        features=names, first=said["first"] or 0, only=tuple(said["only"] or ()),
        settings=settings, **{name: said[name] for name in same},
    )  # fmt: skip


def _emit(request: "Request", system: str, runners: int) -> int:
    from scaffold.commands.smoke import emit_matrix

    if system != "github":
        raise UsageError(f"no matrix for {system}", "--emit-matrix github, or --shard I/N")
    _print(json.dumps(emit_matrix(request, runners)) + "\n")
    return Exit.DONE


def _print(text: str, stream: TextIO | None = None) -> None:
    if text:
        print(text, end="", file=stream)

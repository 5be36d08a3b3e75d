"""One function a command; each calls its verb and shows what came of it."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from scaffold import draft
from scaffold.cli.options import ANSWERS, PROJECT, takes
from scaffold.errors import Exit, UsageError
from scaffold.questions import relevant

app = typer.Typer(
    name="scaffold",
    help="Recommend Flask or Django for a project, with reasons, and render it.",
    epilog="scaffold COMMAND --help tells more. Exit codes are listed in the README.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Values = dict[str, Any]
Json = Annotated[bool, typer.Option("--json", help="Print the result for programs.")]
Defaults = Annotated[
    bool, typer.Option("-y", "--defaults", help="Ask nothing; take the default for the rest.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written.")]
Diff = Annotated[bool, typer.Option("--diff", help="With --dry-run: the contents too.")]
NoGit = Annotated[bool, typer.Option("--no-git", help="Make no repository.")]
NoInstall = Annotated[bool, typer.Option("--no-install", help="Lock and install nothing.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing when all goes well.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of a bug.")]


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.")] = False,
) -> None:
    """Recommend Flask or Django for a project, with reasons, and render it."""
    if version:
        from scaffold import __version__

        print(f"scaffold {__version__}")  # noqa: T201 - the answer itself
        raise typer.Exit


@app.command()
@takes(PROJECT, ANSWERS)
def new(
    path: Annotated[Path | None, typer.Argument(help="Where the project will be.")] = None,
    *,
    values: Values,
    defaults: Defaults = False,
    dry_run: DryRun = False,
    diff: Diff = False,
    no_git: NoGit = False,
    no_install: NoInstall = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 - read by run()
) -> int:
    """Create a project: answer some questions, see what will be written, get it whole."""
    from scaffold.cli.create import Manner, create

    manner = Manner(defaults, dry_run, diff, not no_git, not no_install, as_json, quiet)
    return create(path, values, manner)


@app.command()
@takes(PROJECT, ANSWERS)
def init(
    *,
    values: Values,
    defaults: Defaults = False,
    dry_run: DryRun = False,
    diff: Diff = False,
    no_git: NoGit = False,
    no_install: NoInstall = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 - read by run()
) -> int:
    """Create a project in the current, empty directory."""
    from scaffold.cli.create import Manner, create

    manner = Manner(defaults, dry_run, diff, not no_git, not no_install, as_json, quiet)
    return create(Path.cwd(), values, manner)


@app.command()
@takes(ANSWERS)
def recommend(
    *,
    values: Values,
    defaults: Defaults = False,
    as_json: Json = False,
    debug: Debug = False,  # noqa: ARG001 - read by run()
) -> int:
    """Say whether Flask or Django fits, why, and what would change the verdict."""
    from scaffold.verbs.recommend import recommend as verb

    answers = {key: value for key, value in values.items() if key not in draft.PROJECT_KEYS}
    if not defaults:
        missing = [question.key for question in relevant(answers) if question.key not in answers]
        if missing and sys.stdin.isatty() and sys.stderr.isatty():
            from scaffold.wizard import ask_answers

            asked = ask_answers(answers)
            if asked is None:
                return Exit.INTERRUPTED
            answers = asked
        elif missing:
            raise missing_answer(missing)
    verdict = verb(answers)
    if as_json:
        print_json(verdict.as_dict())
    else:
        from scaffold import show

        show.recommendation(verdict)
    return Exit.DONE


@app.command("list")
def list_(*, as_json: Json = False) -> int:
    """List the packs and what each can add."""
    from scaffold.verbs.list import packs

    found = packs()
    if as_json:
        print_json([pack.as_dict() for pack in found])
    else:
        from scaffold import show

        show.packs(found)
    return Exit.DONE


@app.command()
def schema(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="The only form there is.")] = True,  # noqa: ARG001
) -> int:
    """Print the JSON Schema of everything that can be answered."""
    from scaffold.schema import schema as verb

    print_json(verb())
    return Exit.DONE


@app.command()
def doctor(*, as_json: Json = False) -> int:
    """Say what this machine has and lacks, and what follows."""
    from scaffold.verbs.doctor import doctor as verb

    found = verb()
    if as_json:
        print_json(found.as_dict())
    else:
        from scaffold import show

        show.doctor(found)
    return Exit.DONE


def print_json(value: object) -> None:
    """Print one JSON document on standard output."""
    print(json.dumps(value, indent=2, ensure_ascii=False))  # noqa: T201 - the data itself


def missing_answer(missing: list[str]) -> UsageError:
    """There is no terminal to ask in: name the flags."""
    flags = " ".join(f"--{key.replace('_', '-')}" for key in missing)
    return UsageError(f"no terminal to ask in, and no answer for: {', '.join(missing)}",
                      f"give {flags}, or --defaults")  # fmt: skip

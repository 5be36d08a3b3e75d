"""The flags and arguments of the commands that change a project."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from scaffold.cli.options import (
    DEBUG,
    Json,
    PolicySource,
    completion,
    feature_names,
    parameter,
    switch,
)
from scaffold.errors import ScaffoldError

PACK = typer.Option("--pack", metavar="PATH", help="The directory of a pack that is not built in.")
Pack = Annotated[str, PACK]


def app_names() -> Iterable[str]:
    """The apps of the project around."""
    return [name for name in _places() if "." not in name]


def resource_names() -> Iterable[str]:
    """The resources of the project around."""
    return [name for name in _places() if "." in name]


def _places() -> Iterable[str]:
    """The apps and resources of the project around, for a shell that completes a word."""
    from scaffold.project.state import find_project, read_state

    with suppress(ScaffoldError):
        for app in read_state(find_project(Path.cwd())).recipe.apps:
            yield app.name
            yield from (f"{app.name}.{resource.name}" for resource in app.resources)


def argument(help_: str, metavar: str, words: Callable[[], Iterable[str]] = tuple) -> Any:  # noqa: ANN401 - typer's own
    """An argument, and what a shell offers for it."""
    return typer.Argument(help=help_, metavar=metavar, autocompletion=completion(words))


App = Annotated[str, argument("The app.", "NAME", app_names)]
Resource = Annotated[
    str, argument("The resource, as in orders.Invoice.", "APP.NAME", resource_names)
]
Fields = Annotated[list[str], argument("Fields, as in 'paid_at:datetime?'.", "FIELDS")]
Line = Annotated[
    list[str] | None,
    argument("Its fields; or all in one: 'orders.Invoice: number:str^'.", "FIELDS"),
]
Feature = Annotated[str, argument("The feature.", "NAME", feature_names)]
DropTables = Annotated[
    bool, typer.Option("--drop-tables", help="Write the database migration that drops them.")
]


@dataclass(frozen=True)
class ChangeFlags:
    """How to change a project, and how to say it."""

    dry_run: bool
    force: bool
    no_install: bool
    pack: str
    policy: str
    as_json: bool
    quiet: bool

    def words(self) -> list[str]:
        """Return it as it is typed."""
        given = {
            "--dry-run": self.dry_run,
            "--force": self.force,
            "--no-install": self.no_install,
            "--json": self.as_json,
            "--quiet": self.quiet,
        }
        named = {"--pack": self.pack, "--policy": self.policy}
        values = [word for flag, value in named.items() if value for word in (flag, value)]
        return [flag for flag, on in given.items() if on] + values


CHANGE_FLAGS = (
    parameter("dry_run", switch("--dry-run", "Show what would happen; write nothing."), False),
    parameter("force", switch("--force", "Go on with changes that are not committed."), False),
    parameter(
        "no_install",
        switch("--no-install", "Install nothing and write no database migration."),
        False,
    ),
    parameter("pack", Pack, ""),
    parameter("policy", PolicySource, ""),
    parameter("as_json", Json, False),
    parameter("quiet", switch("-q --quiet", "Print nothing when all goes well."), False),
)


def with_change_flags(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the flags that every change takes; it gets them as `flags`."""

    def called(**options: Any) -> int:  # noqa: ANN401 - whatever typer parsed
        del options["debug"]  # read where errors are caught
        flags = ChangeFlags(**{flag.name: options.pop(flag.name) for flag in CHANGE_FLAGS})
        return command(flags=flags, **options)

    own = [
        flag.replace(kind=Parameter.KEYWORD_ONLY)
        for flag in signature(command).parameters.values()
        if flag.name != "flags"
    ]
    called.__signature__ = Signature([*own, *CHANGE_FLAGS, DEBUG])  # type: ignore[attr-defined]  # read by typer
    called.__doc__, called.__name__ = command.__doc__, command.__name__
    return called

"""The flags that every command taking answers shares, derived from the questions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from scaffold.process import in_terminal
from scaffold.recommendation.questions import QUESTIONS, Question

Values = dict[str, Any]


def _flag(question: Question) -> Parameter:
    option = typer.Option(
        f"--{question.key.replace('_', '-')}",
        help=f"{question.text} [default: {question.example.partition('=')[2]}]",
        metavar=(",".join if question.many else "|".join)(question.values),
        autocompletion=completion(lambda: question.values),
    )
    return parameter(question.key, Annotated[list[str] | None, option], None)


def completion(words: Callable[[], Iterable[str]]) -> Callable[[str], list[str]]:
    """Return a shell completion for the last of several comma-separated words."""

    def complete(incomplete: str) -> list[str]:
        head, comma, tail = incomplete.rpartition(",")
        return [f"{head}{comma}{word}" for word in words() if word.startswith(tail)]

    return complete


def _frameworks() -> Iterable[str]:
    from scaffold.packs.catalog import BUILT_IN

    return BUILT_IN


def feature_names() -> Iterable[str]:
    """The features of the built-in packs."""
    from scaffold.commands.list import list_packs

    return sorted({feature.name for pack in list_packs() for feature in pack.features})


def _presets() -> Iterable[str]:
    from scaffold.inputs.value_sources import built_in_presets

    return built_in_presets()


def parse_path(typed: str) -> Path:
    """Read the path of a project.

    Raises:
        UsageError: it is empty, as where a shell's variable was never set, or no line of text.
    """
    from scaffold.errors import UsageError

    if not typed.strip():
        raise UsageError("the project's path is empty", "scaffold init uses the current directory")
    if not typed.isprintable():
        raise UsageError(
            f"the project's path has a character that cannot be printed: {typed!r}",
            "for example acme-shop",
        )
    return Path(typed)


def why_nobody_is_asked() -> str:
    """Return why nothing is asked."""
    return "--json asks nothing" if in_terminal() else "there is no terminal to ask in"


def parameter(name: str, annotation: Any, default: Any) -> Parameter:  # noqa: ANN401 - typer's own
    """Return an option or argument, as typer reads it from a signature."""
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _texts(flag: str, help_: str, metavar: str, words: Callable[[], Iterable[str]] = tuple) -> Any:  # noqa: ANN401 - an Annotated form
    option = typer.Option(
        *flag.split(), help=help_, metavar=metavar, autocompletion=completion(words)
    )
    return Annotated[list[str] | None, option]


SOURCES = (
    parameter(
        "data", _texts("-d --data", "Set any key that scaffold schema lists.", "KEY=VALUE"), None
    ),
    parameter(
        "data_file",
        _texts("--data-file", "Read keys from TOML or JSON; - is standard input.", "FILE"),
        None,
    ),
    parameter(
        "preset",
        _texts(
            "--preset",
            "Start from prototype, api, product, learning, a file or an https address.",
            "NAME",
            _presets,
        ),
        None,
    ),
)
PROJECT = (
    parameter(
        "name",
        Annotated[
            list[str] | None,
            typer.Option(help="The project's name as people write it.", metavar="TEXT"),
        ],
        None,
    ),
    parameter(
        "slug",
        Annotated[
            list[str] | None,
            typer.Option(help="Its short name, for its directory and its package.", metavar="TEXT"),
        ],
        None,
    ),
    parameter(
        "description",
        Annotated[list[str] | None, typer.Option(help="What it is, in one line.", metavar="TEXT")],
        None,
    ),
    parameter(
        "framework",
        Annotated[
            list[str] | None,
            typer.Option(
                help="flask, django or the directory of a pack, instead of the recommended one.",
                metavar="NAME",
                autocompletion=completion(_frameworks),
            ),
        ],
        None,
    ),
    parameter(
        "features",
        Annotated[
            str | None,
            typer.Option(
                help="Exactly these features.",
                metavar="A,B",
                autocompletion=completion(feature_names),
            ),
        ],
        None,
    ),
    parameter("feature", _texts("--feature", "Add a feature.", "NAME", feature_names), None),
    parameter("without", _texts("--without", "Leave a feature out.", "NAME", feature_names), None),
    parameter(
        "app",
        _texts("--app", "An app, by its name; or several, as in catalog,orders.", "NAME"),
        None,
    ),
    parameter(
        "resource",
        _texts(
            "--resource",
            "A resource with its fields, for example 'shop.Product: name:str price:decimal'.",
            "LINE",
        ),
        None,
    ),
)
ANSWERS = tuple(_flag(question) for question in QUESTIONS)


@dataclass(frozen=True)
class CreateOptions:
    """How to create a project."""

    defaults: bool
    dry_run: bool
    diff: bool
    no_git: bool
    no_install: bool
    verify: bool
    keep_on_failure: bool
    trust: bool
    policy: str
    as_json: bool
    quiet: bool

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags of the equivalent command line."""
        kept = ("no_git", "no_install", "verify", "keep_on_failure")
        flags = tuple(f"--{name.replace('_', '-')}" for name in kept if getattr(self, name))
        return (*flags, "--policy", self.policy) if self.policy else flags


def switch(flags: str, help_: str) -> Any:  # noqa: ANN401 - an Annotated form
    """A flag that is on or off."""
    return Annotated[bool, typer.Option(*flags.split(), help=help_)]


Defaults = switch("-y --defaults", "Ask nothing; use defaults for the rest.")
Json = switch("--json", "Print the result, or the error, as JSON.")
PolicySource = Annotated[
    str,
    typer.Option(
        "--policy",
        metavar="SOURCE",
        help="The policy that binds: a file, an https address, gh:owner/name@v1//web.toml.",
    ),
]
Debug = switch("--debug", "Show the traceback of a bug.")
DEBUG = parameter("debug", Debug, False)
CREATE_OPTIONS = tuple(
    parameter(name, kind, "" if kind is PolicySource else False)
    for name, kind in {
        "defaults": Defaults,
        "dry_run": switch("--dry-run", "Show what would be written."),
        "diff": switch("--diff", "With --dry-run: the contents too."),
        "no_git": switch("--no-git", "Create no repository."),
        "no_install": switch("--no-install", "Do not lock and install the dependencies."),
        "verify": switch("--verify", "Test the project first; write nothing if that fails."),
        "keep_on_failure": switch("--keep-on-failure", "With --verify: write it all the same."),
        "trust": switch("--trust", "Let the code of a cookiecutter template run without asking."),
        "policy": PolicySource,
        "as_json": Json,
        "quiet": switch("-q --quiet", "Print nothing when all goes well."),
    }.items()
)


def with_options(
    *groups: Sequence[Parameter],
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a command the flags of some groups.

    It gets them as `options` and `values`; as `given`, what was typed, if it asks for that.
    """
    sources = [
        flag for group in (SOURCES, *groups) if group is not CREATE_OPTIONS for flag in group
    ]
    extra = CREATE_OPTIONS if CREATE_OPTIONS in groups else ()

    def decorate(command: Callable[..., int]) -> Callable[..., int]:
        def called(**options: Any) -> int:  # noqa: ANN401 - whatever typer parsed
            del options["debug"]  # read where errors are caught
            given = {flag.name: options.pop(flag.name) for flag in sources}
            if extra:
                options["options"] = CreateOptions(
                    **{flag.name: options.pop(flag.name) for flag in CREATE_OPTIONS}
                )
            if "given" in known:
                return command(given=given, **options)
            from scaffold.inputs.value_sources import collect_values  # not needed by --help

            return command(values=collect_values(given), **options)

        known = signature(command).parameters
        shared = ("values", "given", "options")
        own = [flag for flag in known.values() if flag.name not in shared]
        called.__signature__ = Signature(  # type: ignore[attr-defined]  # read by typer
            [*own, *extra, DEBUG, *sources]
        )
        called.__doc__, called.__name__ = command.__doc__, command.__name__
        return called

    return decorate

"""The command line: options in, function called, result shown; where errors end a command."""

import os
import shlex
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from scaffold.cli.json_output import print_json
from scaffold.errors import Exit, ScaffoldError, UsageError

# Commands of other tools, and the one that is meant.
MEANT = {
    **dict.fromkeys(("create", "start", "startproject", "generate", "make"), "new"),
    **dict.fromkeys(("suggest", "choose", "ask"), "recommend"),
    **dict.fromkeys(("ls", "packs", "features"), "list"),
    **dict.fromkeys(("test", "verify", "prove"), "smoke"),
    **dict.fromkeys(("lint", "conformance"), "check"),
    **dict.fromkeys(("rm", "delete", "destroy"), "remove"),
    **dict.fromkeys(("upgrade",), "update"),
    **dict.fromkeys(("status",), "info"),
    **dict.fromkeys(("revert", "abort"), "undo"),
}
WHAT = {
    "new": "to create a project",
    "recommend": "for a recommendation",
    "list": "to list packs and features",
    "smoke": "to test a project",
    "check": "to check the layout of a project",
    "remove": "to remove something from a project",
    "update": "to bring a project to the newest template",
    "info": "to see what a project was made of",
    "undo": "to take the last operation back",
}


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: the words after `scaffold`.

    Returns:
        The exit code, one of `errors.Exit`.
    """
    _start_rendering(arguments)  # it loads while we do
    import typer

    from scaffold.cli.commands import app
    from scaffold.cli.trim import trim

    _remove_abandoned()
    try:
        words = _translate_intent(arguments)
        code = trim(app, words)(args=words, prog_name="scaffold", standalone_mode=False)
        sys.stdout.flush()
        if code == Exit.INTERRUPTED:  # how typer reports Ctrl-C
            raise KeyboardInterrupt  # noqa: TRY301 - reported in one place
    except ScaffoldError as error:
        return _fail(error, arguments)
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted(arguments)
    except BrokenPipeError:
        return _closed_output()
    except Exception as error:
        return _unexpected(error, arguments)
    return code if isinstance(code, int) else Exit.DONE


def _start_rendering(arguments: Sequence[str]) -> None:
    """Start the process that renders, where a pack or template on this machine is named."""
    if list(arguments[:1]) != ["new"]:
        return
    for before, word in pairwise(arguments):
        # pathlib takes as long to load as all the rest
        if os.path.isfile(f"{word}/cookiecutter.json"):  # noqa: PTH113
            from scaffold.rendering import isolation

            is_pack = before == "--framework" or os.path.isfile(f"{word}/pack.toml")  # noqa: PTH113
            isolation.start(isolation.PACK if is_pack else isolation.TEMPLATE)
            return


def _unexpected(error: Exception, arguments: Sequence[str]) -> int:
    if isinstance(error, _typer_usage_error()):
        return _usage_error(error, arguments)
    if isinstance(error.__cause__, KeyboardInterrupt):  # Python 3.11 wraps it while a class is made
        return _interrupted(arguments)
    if "--debug" in arguments:
        raise error
    return _fail(_bug_report(error), arguments)


def _translate_intent(arguments: Sequence[str]) -> list[str]:
    """Read `scaffold help new` and `scaffold version` as they are meant.

    Raises:
        UsageError: there is no such command, but it is clear which one is meant.
    """
    verb, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if verb == "help":
        return [*rest, "--help"]
    if verb == "version":
        return ["--version"]
    if verb in MEANT:
        line = shlex.join(["scaffold", MEANT[verb], *rest])
        raise UsageError(f"no such command '{verb}'", f"{WHAT[MEANT[verb]]}: {line}")
    return list(arguments)


def _remove_abandoned() -> None:
    """Remove what killed commands left in this directory."""
    with suppress(OSError), os.scandir() as entries:
        if any(".scaffold-" in entry.name for entry in entries):
            from scaffold.project.staging import remove_abandoned

            remove_abandoned(Path.cwd())


def _interrupted(arguments: Sequence[str]) -> int:
    writes = list(arguments[:1]) in (["new"], ["init"])
    text = "interrupted; nothing was written" if writes else "interrupted"
    return _fail(ScaffoldError(text, code=Exit.INTERRUPTED), arguments)


def _typer_usage_error() -> type[Exception]:
    """Return the class of typer's usage errors; it has no public name."""
    import typer

    return next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")


def _usage_error(error: Any, arguments: Sequence[str]) -> int:  # noqa: ANN401 - typer's own, see above
    if type(error).__name__ == "NoArgsIsHelpError":  # the message is the help itself
        sys.stderr.write(f"{error.format_message()}\n")
        return Exit.USAGE
    message, _, near = error.format_message().partition(" Did you mean ")
    message = (message[:1].lower() + message[1:]).rstrip(".")
    command = error.ctx.command_path if error.ctx else "scaffold COMMAND"
    hint = f"{command} --help lists what there is"
    if possible := getattr(error, "possibilities", None):
        message, hint = f"no such option: {error.option_name}", f"did you mean {possible[0]}?"
    elif near:
        hint = "did you mean " + near.replace("'", "")
    return _fail(UsageError(message, hint), arguments)


def _closed_output() -> int:
    """Handle a closed output pipe: write nothing more, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.REFUSED


def _bug_report(error: Exception) -> ScaffoldError:
    text = " ".join(str(error).split())
    return ScaffoldError(
        f"sorry, this is a bug in scaffold: {type(error).__name__}: {text}",
        "run the same command with --debug and report what it prints",
        Exit.BUG,
    )


def _fail(error: ScaffoldError, arguments: Sequence[str]) -> int:
    if "--json" in arguments:
        facts = {"message": error.message, "hint": error.hint, "code": int(error.code)}
        print_json({"error": facts})
        return int(error.code)
    sys.stderr.write(f"error: {error.message}\n")
    if error.hint:
        sys.stderr.write(f"\nhint: {error.hint}\n")
    return int(error.code)

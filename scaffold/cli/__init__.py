"""The command line: options in, verb called, result shown; where errors end a command."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from scaffold.errors import Exit, ScaffoldError, UsageError


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: the words after `scaffold`.

    Returns:
        The exit code, one of `errors.Exit`.
    """
    import typer

    from scaffold.cli.commands import app

    try:
        code = app(args=list(arguments), prog_name="scaffold", standalone_mode=False)
        sys.stdout.flush()
        if code == Exit.INTERRUPTED:  # typer's word for Ctrl-C, said without a word
            raise KeyboardInterrupt  # noqa: TRY301 - one place says it
    except ScaffoldError as error:
        return _fail(error)
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted(arguments)
    except BrokenPipeError:
        return _unread()
    except Exception as error:
        return _other(error, arguments)
    return code if isinstance(code, int) else Exit.DONE


def _other(error: Exception, arguments: Sequence[str]) -> int:
    if isinstance(error, _typer_usage_error()):
        return _misuse(error)
    if isinstance(error.__cause__, KeyboardInterrupt):  # Python 3.11 wraps it while a class is made
        return _interrupted(arguments)
    if "--debug" in arguments:
        raise error
    return _fail(_apology(error))


def _interrupted(arguments: Sequence[str]) -> int:
    writes = list(arguments[:1]) in (["new"], ["init"])
    said = "interrupted; nothing was written" if writes else "interrupted"
    return _fail(ScaffoldError(said, code=Exit.INTERRUPTED))


def _typer_usage_error() -> type[Exception]:
    """The family of errors that typer raises for what it cannot parse; it has no public name."""
    import typer

    return next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")


def _misuse(error: Any) -> int:  # noqa: ANN401 - typer's own, see above
    if type(error).__name__ == "NoArgsIsHelpError":  # the message is the help itself
        sys.stderr.write(f"{error.format_message()}\n")
        return Exit.USAGE
    if near := getattr(error, "possibilities", None):
        return _fail(UsageError(f"no such option: {error.option_name}", f"did you mean {near[0]}?"))
    message, _, near = error.format_message().partition(" Did you mean ")
    message = (message[:1].lower() + message[1:]).rstrip(".")
    if near:
        return _fail(UsageError(message, "did you mean " + near.replace("'", "")))
    command = error.ctx.command_path if error.ctx else "scaffold COMMAND"
    return _fail(UsageError(message, f"{command} --help lists what there is"))


def _unread() -> int:
    """Whoever read our output has left: say nothing more, not even at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.REFUSED


def _apology(error: Exception) -> ScaffoldError:
    said = " ".join(str(error).split())
    return ScaffoldError(
        f"sorry, this is a bug in scaffold: {type(error).__name__}: {said}",
        "run the same command with --debug and report what it prints",
        Exit.BUG,
    )


def _fail(error: ScaffoldError) -> int:
    sys.stderr.write(f"error: {error.message}\n")
    if error.hint:
        sys.stderr.write(f"\nhint: {error.hint}\n")
    return int(error.code)

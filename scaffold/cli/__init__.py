"""The command line: options in, verb called, result shown; the only place that catches errors."""

import sys
from collections.abc import Sequence

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
    except ScaffoldError as error:
        return _fail(error)
    except (KeyboardInterrupt, typer.Abort):
        return _fail(ScaffoldError("interrupted; nothing was written", code=Exit.INTERRUPTED))
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.REFUSED
    except Exception as error:
        if isinstance(error, _typer_usage_error()):
            return _fail(UsageError(error.format_message(), "scaffold --help lists what there is"))
        if "--debug" in arguments:
            raise
        return _fail(_apology(error))
    return code if isinstance(code, int) else Exit.DONE


def _typer_usage_error() -> type:
    """The family of errors that typer raises for what it cannot parse; it has no public name."""
    import typer

    return next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")


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

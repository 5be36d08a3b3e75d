"""`scaffold` and `python -m scaffold`; answers `--version` before anything is imported."""

import gc
import sys

from scaffold import GC_THRESHOLD, __version__


def main() -> int:
    """Run the command line and return its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"scaffold {__version__}")  # noqa: T201 - the answer itself
        return 0
    gc.set_threshold(GC_THRESHOLD)
    try:
        _end_like_interrupted()
        from scaffold.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line was ready to catch it
        return 130
    except RuntimeError as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # 3.11 wraps it while a class is made
            return 130
        raise


def _end_like_interrupted() -> None:
    """A closed terminal or a polite kill cleans up as Ctrl-C does, unless they are ignored."""
    import signal

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


if __name__ == "__main__":
    sys.exit(main())

"""`scaffold` and `python -m scaffold`; answers `--version` before anything is imported."""

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from scaffold import __version__

        print(f"scaffold {__version__}")  # noqa: T201 - the answer itself
        return 0
    from scaffold.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

"""Whether there is somebody to ask."""

import sys


def terminal() -> bool:
    """Tell whether somebody can be asked."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def silence() -> str:
    """Return why nothing is asked, in words."""
    return "--json asks nothing" if terminal() else "there is no terminal to ask in"

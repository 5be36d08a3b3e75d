"""`python -m benchmarks [SECTION …] [--write]`: measure and print the tables."""

import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import green, growth, rendering, serving, smoke, startup

SECTIONS = {
    "startup": startup.report,
    "render": rendering.report,
    "green": green.report,
    "smoke": smoke.report,
    "serving": serving.report,
    "growth": growth.report,
}
PAGE = Path(__file__).parent.parent / "docs/performance.md"


def main(arguments: list[str]) -> None:
    """Run the named sections, or all; `--write` also keeps them in docs/performance.md."""
    wanted = [name for name in arguments if name in SECTIONS] or list(SECTIONS)
    with tempfile.TemporaryDirectory(prefix="scaffold-bench-") as folder:
        parts = [SECTIONS[name](Path(folder)) for name in wanted]
    text = "\n\n".join([heading(), *parts]) + "\n"
    print(text)
    if "--write" in arguments:
        PAGE.write_text(text)


def heading() -> str:
    """What was measured, on what."""
    return (
        "# Performance\n\n"
        "Written by `python -m benchmarks --write`. Read the ratios, not the times: every table "
        "was had in one run on one machine, its rows taken in turn; times are medians.\n\n"
        f"Python {platform.python_version()}, {platform.system()}, "
        f"{len(os.sched_getaffinity(0))} cores, shared."
    )


if __name__ == "__main__":
    main(sys.argv[1:])

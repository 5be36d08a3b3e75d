"""`python -m benchmarks [SECTION …] [--write]`: measure and print the tables."""

import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import (
    checking,
    generated,
    green,
    growth,
    merging,
    rendering,
    serving,
    smoke,
    startup,
)

SECTIONS = {
    "startup": startup.report,
    "render": rendering.report,
    "green": green.report,
    "generated": generated.report,
    "smoke": smoke.report,
    "check": checking.report,
    "serving": serving.report,
    "growth": growth.report,
    "merging": merging.report,
}
# who uses a project has neither; without bytecode every start would compile everything again
UNUSUAL = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
PAGE = Path(__file__).parent.parent / "docs/performance.md"


def main(arguments: list[str]) -> None:
    """Run the named sections, or all; `--write` keeps each in docs/performance.md."""
    wanted = [name for name in arguments if name != "--write"] or list(SECTIONS)
    unknown = set(wanted) - set(SECTIONS)
    if unknown:
        sys.exit(f"no section {', '.join(sorted(unknown))}: choose from {', '.join(SECTIONS)}")
    for name in UNUSUAL:
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="scaffold-bench-") as folder:
        for name in wanted:
            text = SECTIONS[name](Path(folder))
            print(f"{text}\n", flush=True)
            if "--write" in arguments:
                keep(text)


def keep(text: str) -> None:
    """Put a section into the page, in the place of its earlier self."""
    parts = PAGE.read_text().split("\n## ") if PAGE.exists() else [""]
    sections = {part.splitlines()[0]: part.strip() for part in parts[1:]}
    own = text.removeprefix("## ").strip()
    sections[own.splitlines()[0]] = own
    PAGE.write_text("\n\n## ".join([heading(), *sections.values()]) + "\n")


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

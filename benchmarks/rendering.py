"""`new` against cookiecutter, copier and a plain copy, on a template of the same files."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.peers import install, template
from benchmarks.timing import Measure, interleaved, table

RUNS = {60: 9, 600: 3, 6000: 1}
Prepare = Callable[[], tuple[Sequence[str], Path, Mapping[str, str]]]


def report(folder: Path) -> str:
    """Measure and return the section."""
    tools = {
        name: install(name, folder / "peers") for name in ("scaffold", "cookiecutter", "copier")
    }
    parts = [
        "## Rendering",
        "One template in three forms; validation, `.scaffold.toml` and the "
        "rename are part of `scaffold new`. First: with an empty cache of ours. Template: the "
        "same folder as cookiecutter's template instead of a pack.",
    ]
    for count, runs in RUNS.items():
        measures = _measure(tools, template(folder / f"template{count}", count), runs)
        goals = {
            "scaffold, first": "≤ 1.0" if count == min(RUNS) else "",
            "scaffold, warm": "≤ 0.5" if count == min(RUNS) else "≤ 0.25",
            "scaffold, template": "≤ 0.5",
        }
        parts += [f"### {count} files", table(measures, "cookiecutter", notes=goals)]
    return "\n\n".join(parts)


def _measure(tools: Mapping[str, Path], forms: Path, runs: int) -> dict[str, Measure]:
    out = forms / "out"
    pack, copier = str(forms / "pack"), str(forms / "copier")
    create = [str(tools["scaffold"] / "scaffold"), "new", str(out), "--framework", pack]
    create += ["--defaults", "--no-install", "--no-git", "--quiet", "-d", "apps="]
    foreign = [*create[:2], pack, str(out), "--defaults", "--no-git", "--quiet"]
    warm, cold = forms / "cache", forms / "cold"
    once = {"XDG_CACHE_HOME": str(warm)}
    done = forms / "done"

    def fresh(command: Sequence[str], variables: Mapping[str, str], *gone: Path) -> Prepare:
        def prepare() -> tuple[Sequence[str], Path, Mapping[str, str]]:
            for place in (out, *gone):
                shutil.rmtree(place, ignore_errors=True)
            return command, forms, variables

        return prepare

    interleaved({"fill the cache": fresh(create, once)}, 1)
    shutil.move(out, done)
    interleaved({"fill the cache": fresh(foreign, once)}, 1)
    return interleaved(
        {
            "scaffold, first": fresh(create, {"XDG_CACHE_HOME": str(cold)}, cold),
            "scaffold, warm": fresh(create, once),
            "scaffold, template": fresh(foreign, once),
            "cookiecutter": fresh(
                [str(tools["cookiecutter"] / "cookiecutter"), "--no-input", "-o", str(out), pack],
                {},
            ),
            "copier": fresh(
                [str(tools["copier"] / "copier"), "copy", "--defaults", "-q", copier, str(out)], {}
            ),
            "cp -r": fresh(["cp", "-r", str(done), str(out)], {}),
        },
        runs,
    )

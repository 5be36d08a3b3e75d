"""Proving projects: seconds a recipe, one worker against two, and what smoke itself costs."""

import json
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from uv import find_uv_bin

from benchmarks.peers import install
from benchmarks.timing import interleaved, once
from scaffold.packs.catalog import find_pack
from scaffold.smoke.config_loader import read_config

RUNS = 2
RECIPES = 2
# What smoke and the script both do; `boot` and the probes are nothing that a script has.
STEPS = {
    "flask": ["format", "lint", "types", "import contracts", "drift and heads", "tests"],
    "django": ["format", "lint", "types", "import contracts", "tests"],
}
OVERHEAD = 10  # per cent
ONE = ["--resources", "default", "--no-cache", "--no-shrink", "--quiet"]


def report(folder: Path) -> str:
    """Measure and return the section."""
    tool = install("scaffold", folder / "peers") / "scaffold"
    rows = [
        "## smoke",
        "",
        "One default recipe, package caches warm; the same commands by a shell "
        "script that renders, locks, installs and runs them.",
        "",
        "| pack | script s | smoke s | overhead | goal |",
        "|---|---|---|---|---|",
    ]
    for pack in STEPS:
        script, smoke = _overhead(folder, tool, pack)
        more = f"{(smoke / script - 1) * 100:+.0f} %"
        rows.append(f"| {pack} | {script:.1f} | {smoke:.1f} | {more} | ≤ {OVERHEAD} % |")
    rows += [
        "",
        f"All steps of the {RECIPES} recipes that cover most, caches warm.",
        "",
        "| pack | 1 worker: s a recipe | 2 workers: s a recipe | times as fast |",
        "|---|---|---|---|",
    ]
    for pack in STEPS:
        one, two = (_matrix(folder, tool, pack, workers) / RECIPES for workers in (1, 2))
        rows.append(f"| {pack} | {one:.1f} | {two:.1f} | {one / two:.2f} |")
    return "\n".join(rows)


def _overhead(folder: Path, tool: Path, pack: str) -> tuple[float, float]:
    """Wall seconds of the script and of smoke, the medians of some runs in turn."""
    recipe, table = _recipe(tool, pack), read_config(find_pack(pack))
    words = [word for step in STEPS[pack] for word in ("--only", step)]
    flags = [
        "--defaults",
        "--framework",
        pack,
        "--features",
        ",".join(recipe),
        "--no-install",
        "--no-git",
        "--quiet",
    ]
    place, variables = (
        folder / "script",
        {"VIRTUAL_ENV": "", "UV_PYTHON": str(tool.with_name("python"))},
    )
    script = "\n".join(
        [
            "set -e",
            shlex.join([str(tool), "new", "acme", *flags]),
            "cd acme",
            f"{find_uv_bin()} lock --quiet",
            f"{find_uv_bin()} sync --frozen --quiet",
            "PATH=$PWD/.venv/bin:$PATH",
            "export FLASK_DEBUG=1" if pack == "flask" else "",
            *(shlex.join(table.step(name).command) for name in STEPS[pack]),
        ]
    )

    def by_hand() -> tuple[Sequence[str], Path, Mapping[str, str]]:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        return ["sh", "-c", script], place, variables

    def by_smoke() -> tuple[Sequence[str], Path, Mapping[str, str]]:
        return [str(tool), "smoke", "--pack", pack, *ONE, *words], folder, variables

    once(*by_smoke())  # the caches of packages and templates
    measured = interleaved({"script": by_hand, "smoke": by_smoke}, RUNS)
    return measured["script"].wall, measured["smoke"].wall


def _recipe(tool: Path, pack: str) -> list[str]:
    """The features of the one recipe that both prove."""
    words = [str(tool), "smoke", "--pack", pack, *ONE, "--only", "render", "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    features: list[str] = json.loads(done.stdout)["recipes"][0]["recipe"]["features"]
    return features


def _matrix(folder: Path, tool: Path, pack: str, workers: int) -> float:
    """Wall seconds of some recipes; steps that cannot run on this machine are left out by it."""
    words = [
        str(tool),
        "smoke",
        "--pack",
        pack,
        "--first",
        str(RECIPES),
        "--workers",
        str(workers),
        "--no-cache",
        "--no-shrink",
        "--json",
    ]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    seconds: float = json.loads(done.stdout)["seconds"]
    return seconds

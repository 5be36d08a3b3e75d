"""Render a case again in another process and return the digests of its files."""

import json
import sys
from pathlib import Path

from scaffold.model.recipe import from_toml, to_toml
from scaffold.model.tree import Tree
from scaffold.packs.pack import read_pack
from scaffold.rendering.render import render_unchecked
from scaffold.smoke.config import Step
from scaffold.smoke.results import StepFailed
from scaffold.smoke.runtime.case_context import CaseContext


def digests(tree: Tree) -> dict[str, str]:
    """Map each path to the digest of its content and its executable bit."""
    return {path: f"{file.digest}{'+x' * file.executable}" for path, file in tree.items()}


def render_in_new_process(context: CaseContext, step: Step) -> dict[str, str]:
    """Render a case with another hash seed and an empty cache.

    Raises:
        StepFailed: the render failed.
    """
    recipe = context.out / "recipe.toml"
    result = context.out / "digests.json"
    recipe.write_text(to_toml(context.case.recipe), "utf-8")
    command = [sys.executable, "-m", __name__, str(context.case.pack.root), str(recipe)]
    variables = {
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "PYTHONHASHSEED": "20",
        "XDG_CACHE_HOME": str(context.temporary / "cache"),
    }
    code, output = context.run(step, [*command, str(result)], variables)
    if code:
        raise StepFailed(f"the second render failed: {(output.splitlines() or [''])[-1]}")
    found: dict[str, str] = json.loads(result.read_text("utf-8"))
    return found


def main(pack: str, recipe: str, result: str) -> None:
    """Render a recipe file and write the digests as JSON."""
    tree = render_unchecked(from_toml(Path(recipe).read_text("utf-8")), read_pack(Path(pack)))
    Path(result).write_text(json.dumps(digests(tree)), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

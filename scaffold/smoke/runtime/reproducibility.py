"""The second render, in another process: reads a recipe, writes digests."""

import json
import sys
from pathlib import Path

from scaffold.model.recipe import from_toml, to_toml
from scaffold.model.tree import Tree
from scaffold.packs.pack import read
from scaffold.rendering.render import draw
from scaffold.smoke.config import Step
from scaffold.smoke.results import StepFailed
from scaffold.smoke.runtime.case_context import Bench


def digests(tree: Tree) -> dict[str, str]:
    """Each path with the digest of its content and its executable bit."""
    return {path: f"{file.digest}{'+x' * file.executable}" for path, file in tree.items()}


def render_elsewhere(bench: Bench, step: Step) -> dict[str, str]:
    """Render a case once more, as another process on a fresh machine would.

    Raises:
        StepFailed: the second render fails.
    """
    recipe = bench.out / "recipe.toml"
    answer = bench.out / "digests.json"
    recipe.write_text(to_toml(bench.case.recipe))
    root = Path(__file__).parents[3]
    code, output = bench.run(
        step,
        [sys.executable, "-m", "scaffold.smoke.runtime.reproducibility",
         str(bench.case.pack.root), str(recipe), str(answer)],
        {
            "PYTHONPATH": str(root),
            "PYTHONHASHSEED": "20",
            "XDG_CACHE_HOME": str(bench.temporary / "cache"),
        },
    )  # fmt: skip
    if code:
        raise StepFailed(f"the second render failed: {(output.splitlines() or [''])[-1]}")
    found: dict[str, str] = json.loads(answer.read_text())
    return found


if __name__ == "__main__":
    pack, source, target = (Path(word) for word in sys.argv[1:])
    tree = draw(from_toml(source.read_text()), read(pack))
    target.write_text(json.dumps(digests(tree)))

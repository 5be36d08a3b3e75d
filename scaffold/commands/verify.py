"""`scaffold new --verify`: test a copy of the project before it is written."""

from collections.abc import Callable
from pathlib import Path

from scaffold.model.recipe import Recipe
from scaffold.packs.pack import Pack
from scaffold.smoke.config import Step
from scaffold.smoke.config_loader import read_config
from scaffold.smoke.listener import SilentListener
from scaffold.smoke.results import Case
from scaffold.smoke.runtime.runner import RunSettings, open_run, run_cases


class _StepNames(SilentListener):
    """Passes on the name of each step."""

    def __init__(self, on_step: Callable[[str], None]) -> None:
        self._on_step = on_step

    def step_started(self, case: Case, step: Step) -> None:
        """Pass on the name."""
        del case
        self._on_step(step.name)


def verify(
    folder: Path, recipe: Recipe, pack: Pack, on_step: Callable[[str], None]
) -> tuple[str, bool]:
    """Run the smoke steps of a pack on a copy of a project.

    Args:
        folder: the project.
        recipe: the recipe that it was rendered from.
        pack: the pack of the recipe.
        on_step: called with the name of each step as it begins.

    Returns:
        The problem in one line, or an empty text; and whether the project is at fault, not this
        machine.
    """
    case = Case(recipe.slug, recipe, pack, folder=folder)
    with open_run(RunSettings(), _StepNames(on_step)) as run:
        result = run_cases(run, [case], read_config(pack))[0]
    if result.failed:
        return f"the project fails {result.failed[0].step}: {result.failed[0].message}", True
    missing = ", ".join(f"{step.step} ({step.message})" for step in result.not_run)
    return f"not verified: {missing}" if missing else "", False

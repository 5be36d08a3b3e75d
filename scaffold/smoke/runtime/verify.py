"""One project put to the proof before it is handed over."""

from collections.abc import Callable
from pathlib import Path

from scaffold.model.recipe import Recipe
from scaffold.packs.pack import Pack
from scaffold.smoke.config import Step
from scaffold.smoke.config_loader import read
from scaffold.smoke.listener import Silent
from scaffold.smoke.results import Case
from scaffold.smoke.runtime.runner import Settings, prove_all, running


class _Steps(Silent):
    """Passes on the name of each step."""

    def __init__(self, watch: Callable[[str], None]) -> None:
        self._watch = watch

    def stepping(self, case: Case, step: Step) -> None:
        """Pass it on."""
        del case
        self._watch(step.name)


def verify(
    folder: Path, recipe: Recipe, pack: Pack, watch: Callable[[str], None]
) -> tuple[str, bool]:
    """Run the steps of its pack on a copy of a project; the project itself is left alone.

    Args:
        folder: the project.
        recipe: what it was rendered from.
        pack: the pack of the recipe.
        watch: told the name of each step as it begins.

    Returns:
        What is wrong, in one line, empty where nothing is; and whether the project is at fault,
        rather than this machine, on which a step could not run.
    """
    case = Case(recipe.slug, recipe, pack, folder=folder)
    with running(Settings(), _Steps(watch)) as run:
        verdict = prove_all(run, [case], read(pack))[0]
    if verdict.failed:
        return f"the project fails {verdict.failed[0].step}: {verdict.failed[0].message}", True
    missing = ", ".join(f"{found.step} ({found.message})" for found in verdict.not_run)
    return f"not verified: {missing}" if missing else "", False

"""A project generated in a test of a template, with its files and smoke steps."""

import difflib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaffold.model.recipe import Recipe
from scaffold.model.tree import Tree
from scaffold.packs.pack import Pack
from scaffold.project.files import read_tree, write_tree
from scaffold.rendering.render import render
from scaffold.smoke.config_loader import read_config
from scaffold.smoke.listener import SilentListener
from scaffold.smoke.results import Case, CaseResult
from scaffold.smoke.runtime.runner import RunSettings, open_run, run_cases

MAX_DIFF = 60  # lines


@dataclass(frozen=True)
class BakedProject:
    """A project generated from a template.

    Args:
        recipe: its recipe.
        pack: its template.
        path: its directory.
    """

    recipe: Recipe
    pack: Pack
    path: Path

    @property
    def tree(self) -> Tree:
        """The current files."""
        return read_tree(self.path)

    def text(self, name: str) -> str:
        """Return the content of a file."""
        return (self.path / name).read_text("utf-8")

    def run(self, *only: str) -> CaseResult:
        """Run all steps, or the named ones and those they depend on, on a copy of the project."""
        config = read_config(self.pack)
        case = Case(self.recipe.slug, self.recipe, self.pack, folder=self.path)
        with open_run(RunSettings(), SilentListener()) as run:
            return run_cases(run, [case], config.closure(only) if only else config)[0]

    def check(self, *only: str) -> None:
        """Run steps like `run` and assert that all of them pass.

        Raises:
            AssertionError: a step failed or could not run.
        """
        result = self.run(*only)
        problems = [
            f"{step.step} {step.status}: {step.message}\n{step.log}"
            for step in (*result.failed, *result.not_run)
        ]
        if problems or result.code:
            raise AssertionError("\n".join(problems) or "a step was not reached")

    def golden(self, folder: Path, marker: str, *, update: bool) -> None:
        """Compare all files with those of a golden directory.

        Args:
            folder: the golden directory.
            marker: the name of an empty file that marks golden directories.
            update: write the golden directory instead.

        Raises:
            AssertionError: the files differ; the message holds a diff.
        """
        tree = self.tree
        if update:
            shutil.rmtree(folder, ignore_errors=True)
            write_tree(tree, folder)
            (folder / marker).touch()
            return
        paths = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.name != marker]
        expected = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        actual = {name: file.content for name, file in tree.items()}
        if actual != expected:
            raise AssertionError(
                f"the project differs from {folder}; --scaffold-update accepts it\n"
                + "\n".join(_diff(expected, actual))
            )


def bake(pack: Pack, recipe: Recipe, parent: Path) -> BakedProject:
    """Render a recipe below a directory."""
    path = parent / recipe.slug
    write_tree(render(recipe, pack), path)
    return BakedProject(recipe, pack, path)


def bake_template(template: Path, parent: Path, context: Mapping[str, Any]) -> BakedProject:
    """Render a plain cookiecutter template with cookiecutter itself, including hooks."""
    from cookiecutter.main import cookiecutter

    result = cookiecutter(
        str(template), no_input=True, extra_context=dict(context), output_dir=str(parent)
    )
    path = Path(result)
    pack = Pack(template, template.name, template.name, "0", {}, {}, {}, ())
    return BakedProject(Recipe(str(template), path.name, path.name), pack, path)


def is_pack(root: Path) -> bool:
    """Tell whether a template consists of layers."""
    return (root / "pack.toml").exists() or (root / "features").is_dir()


def _diff(expected: Mapping[str, bytes], actual: Mapping[str, bytes]) -> list[str]:
    lines: list[str] = []
    for name in sorted(set(expected) | set(actual)):
        if name not in actual:
            lines.append(f"missing: {name}")
        elif name not in expected:
            lines.append(f"new: {name}")
        elif expected[name] != actual[name]:
            before, after = (
                text.decode("utf-8", "replace").splitlines()
                for text in (expected[name], actual[name])
            )
            lines += difflib.unified_diff(before, after, f"golden/{name}", name, lineterm="", n=1)
    return lines[:MAX_DIFF]

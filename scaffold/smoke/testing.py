"""One project made for a test: its files, its steps, and the files it is expected to have."""

import difflib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaffold.model.recipe import Recipe
from scaffold.model.tree import Tree
from scaffold.packs.pack import Pack
from scaffold.rendering.render import render
from scaffold.smoke import config_loader as steps
from scaffold.smoke.listener import Silent
from scaffold.smoke.results import Case, Verdict
from scaffold.smoke.runtime.existing_project import read_project
from scaffold.smoke.runtime.runner import Settings, prove_all, running

SHOWN = 60  # lines of a difference


@dataclass(frozen=True)
class Baked:
    """A project made from a template.

    Args:
        recipe: what was asked for.
        pack: the template.
        path: where the project is.
    """

    recipe: Recipe
    pack: Pack
    path: Path

    @property
    def tree(self) -> Tree:
        """The files as they are now."""
        return read_project(self.path)

    def text(self, name: str) -> str:
        """The content of a file."""
        return (self.path / name).read_text("utf-8")

    def run(self, *only: str) -> Verdict:
        """Run steps, and those they build on; all where none is named.

        They run on a copy, in an environment of their own.
        """
        table = steps.read(self.pack)
        case = Case(self.recipe.slug, self.recipe, self.pack, folder=self.path)
        with running(Settings(), Silent()) as run:
            return prove_all(run, [case], table.closure(only) if only else table)[0]

    def prove(self, *only: str) -> None:
        """Run steps, and insist that all of them pass.

        Raises:
            AssertionError: one failed, or could not run.
        """
        verdict = self.run(*only)
        problems = [f"{found.step} {found.status}: {found.message}\n{found.log}"
                    for found in (*verdict.failed, *verdict.not_run)]  # fmt: skip
        if problems or verdict.code:
            raise AssertionError("\n".join(problems) or "a step was not reached")

    def golden(self, folder: Path, mark: str, *, update: bool) -> None:
        """Compare all files with those in a folder.

        Args:
            folder: what is expected.
            mark: the name of an empty file that says what the folder is.
            update: write it anew instead.

        Raises:
            AssertionError: they differ; the message says how.
        """
        tree = self.tree
        if update:
            shutil.rmtree(folder, ignore_errors=True)
            for name, file in tree.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(file.content)
            (folder / mark).touch()
            return
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != mark]
        wanted = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        found = {name: file.content for name, file in tree.items()}
        if found != wanted:
            raise AssertionError(
                f"the project differs from {folder}; --scaffold-update accepts it\n"
                + "\n".join(_differences(wanted, found))
            )


def bake(pack: Pack, recipe: Recipe, place: Path) -> Baked:
    """Render a recipe of a pack below a folder."""
    from scaffold.project.state import write

    path = place / recipe.slug
    write(render(recipe, pack), path)
    return Baked(recipe, pack, path)


def bake_template(template: Path, place: Path, context: Mapping[str, Any]) -> Baked:
    """Render any cookiecutter template below a folder, with cookiecutter itself, hooks and all."""
    from cookiecutter.main import cookiecutter

    path = Path(cookiecutter(str(template), no_input=True, extra_context=dict(context),
                             output_dir=str(place)))  # fmt: skip
    pack = Pack(template, template.name, template.name, "0", {}, {}, {}, ())
    return Baked(Recipe(str(template), path.name, path.name), pack, path)


def is_pack(root: Path) -> bool:
    """Whether a template is written in layers."""
    return (root / "pack.toml").exists() or (root / "features").is_dir()


def _differences(wanted: Mapping[str, bytes], found: Mapping[str, bytes]) -> list[str]:
    lines: list[str] = []
    for name in sorted(set(wanted) | set(found)):
        if name not in found:
            lines.append(f"missing: {name}")
        elif name not in wanted:
            lines.append(f"new: {name}")
        elif wanted[name] != found[name]:
            before, after = (text.decode("utf-8", "replace").splitlines()
                             for text in (wanted[name], found[name]))  # fmt: skip
            lines += difflib.unified_diff(before, after, f"golden/{name}", name, lineterm="", n=1)
    return lines[:SHOWN]

"""The state file of a project, `.scaffold.toml`."""

import tomllib
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from scaffold import __version__
from scaffold.errors import Exit, ScaffoldError
from scaffold.model.recipe import Recipe, from_dict
from scaffold.model.tree import File, Tree
from scaffold.packs.pack import Pack
from scaffold.project.staging import STATE_FILE

TOOLS = ("cookiecutter", "jinja2", "ruff")  # their versions decide what a render is


def state_file(recipe: Recipe, tree: Tree, pack: Pack) -> File:
    """Return the state file: recipe, pack, versions and digests of the files.

    It names the pack by name, version and tree hash, never by a path on this machine.
    """
    import tomli_w

    text = tomli_w.dumps(
        {
            "recipe": replace(recipe, pack=pack.name, pack_version=pack.version).as_dict(),
            "pack": {"tree": pack.tree_hash()},
            "versions": {"scaffold": __version__, **{tool: version(tool) for tool in TOOLS}},
            "files": {path: file.digest for path, file in tree.items()},
        }
    )
    return File(f"# Written by scaffold, for scaffold. Commit it.\n{text}".encode())


def read_recipe(path: Path) -> Recipe:
    """Read a recipe from a recipe file, or from the state file of a project.

    Raises:
        ScaffoldError: there is no such file, or it holds no recipe.
    """
    file = path / STATE_FILE if path.is_dir() else path
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        problem = f"{path} is not a scaffold project" if path.is_dir() else f"{path} does not exist"
        raise ScaffoldError(
            problem, f"scaffold new writes a {STATE_FILE} into every project"
        ) from None
    except (OSError, ValueError) as error:
        raise ScaffoldError(f"{file} cannot be read: {error}", code=Exit.USAGE) from None
    return from_dict(values.get("recipe", values))

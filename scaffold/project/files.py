"""Read the files of a project on disk as a tree."""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

from scaffold import process as programs
from scaffold.errors import Exit, ScaffoldError
from scaffold.model.recipe import Recipe, from_dict
from scaffold.model.tree import File, Tree
from scaffold.project.state import STATE_FILE

GENERATED = {
    ".git",
    ".venv",
    ".uv",
    "__pycache__",
    "node_modules",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
}


def read_tree(folder: Path) -> Tree:
    """Read a project: the files that git knows or would add, without `.env` and the state.

    Outside of a repository, read everything except caches and environments.
    """
    names = _known_to_git(folder) or _walk(folder)
    paths = {name: folder / name for name in names if name not in (".env", STATE_FILE)}
    return Tree(
        {
            name: File(path.read_bytes(), os.access(path, os.X_OK))
            for name, path in paths.items()
            if path.is_file()
        }
    )


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


def _known_to_git(folder: Path) -> list[str]:
    if not programs.inside_work_tree(folder):
        return []
    listed = programs.git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return [name for name in listed.output.split("\0") if name] if listed.ok else []


def _walk(folder: Path) -> Iterator[str]:
    for root, directories, names in os.walk(folder):
        directories[:] = sorted(set(directories) - GENERATED)
        for name in sorted(names):
            yield Path(root, name).relative_to(folder).as_posix()

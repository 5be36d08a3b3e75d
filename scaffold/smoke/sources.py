"""The files of an existing project, as a tree: what belongs to it, nothing it made for itself."""

import os
from collections.abc import Iterator
from pathlib import Path

from scaffold import programs
from scaffold.errors import Exit, ScaffoldError
from scaffold.project import MANIFEST
from scaffold.recipe import Recipe, from_dict
from scaffold.tree import File, Tree

OTHERS = {".git", ".venv", ".uv", "__pycache__", "node_modules", ".mypy_cache", ".pytest_cache",
          ".ruff_cache", ".hypothesis"}  # fmt: skip


def read_project(folder: Path) -> Tree:
    """Read a project: what git knows or would add, else all but caches, environments and `.env`."""
    names = _known_to_git(folder) or _walked(folder)
    paths = {name: folder / name for name in names if name not in (".env", MANIFEST)}
    return Tree(
        {
            name: File(path.read_bytes(), os.access(path, os.X_OK))
            for name, path in paths.items()
            if path.is_file()
        }
    )


def read_recipe(path: Path) -> Recipe:
    """Read a recipe from a recipe file, or from the manifest of a project.

    Raises:
        ScaffoldError: there is no such file, or it holds no recipe.
    """
    import tomllib

    file = path / MANIFEST if path.is_dir() else path
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise ScaffoldError(
            f"{path} is not a scaffold project" if path.is_dir() else f"{path} does not exist",
            f"a project has a {MANIFEST}, written by scaffold new",
        ) from None
    except (OSError, ValueError) as error:
        raise ScaffoldError(f"{file} cannot be read: {error}", code=Exit.USAGE) from None
    return from_dict(values.get("recipe", values))


def _known_to_git(folder: Path) -> list[str]:
    if not programs.inside_work_tree(folder):
        return []
    listed = programs.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                          folder, patience=60)  # fmt: skip
    return [name for name in listed.output.split("\0") if name] if listed.ok else []


def _walked(folder: Path) -> Iterator[str]:
    for root, directories, names in os.walk(folder):
        directories[:] = sorted(set(directories) - OTHERS)
        for name in sorted(names):
            yield Path(root, name).relative_to(folder).as_posix()

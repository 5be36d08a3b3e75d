"""Read and write the files of a project as a tree."""

import os
from collections.abc import Iterator
from pathlib import Path

from scaffold import git
from scaffold.model.tree import File, Tree
from scaffold.project.base import BASE
from scaffold.project.journal import FOLDER
from scaffold.project.staging import STATE_FILE

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
    FOLDER,
}


def read_tree(folder: Path) -> Tree:
    """Read a project: the files that git knows or would add, without `.env` and the state files.

    Outside of a repository, read everything except caches and environments.
    """
    paths = {
        name: folder / name for name in list_files(folder) if name not in (".env", STATE_FILE, BASE)
    }
    return Tree(
        {
            name: File(path.read_bytes(), os.access(path, os.X_OK))
            for name, path in paths.items()
            if path.is_file()
        }
    )


def list_files(folder: Path) -> list[str]:
    """List the files that git knows or would add; outside of a repository, all but caches."""
    return _known_to_git(folder) or list(_walk(folder))


def write_tree(tree: Tree, folder: Path) -> None:
    """Write the files of a tree to a directory that has none of them."""
    folders = {folder / path for path in {path.rpartition("/")[0] for path in tree}}
    for parent in sorted(folders):
        parent.mkdir(parents=True, exist_ok=True)
    for path, file in tree.items():
        mode = 0o777 if file.executable else 0o600 if path == ".env" else 0o666
        descriptor = os.open(folder / path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(file.content)


def _known_to_git(folder: Path) -> list[str]:
    if not git.work_tree_of(folder):
        return []
    listed = git.run(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return [name for name in listed.output.split("\0") if name] if listed.ok else []


def _walk(folder: Path) -> Iterator[str]:
    for root, directories, names in os.walk(folder):
        directories[:] = sorted(set(directories) - GENERATED)
        for name in sorted(names):
            yield Path(root, name).relative_to(folder).as_posix()

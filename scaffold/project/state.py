"""The files of a project on disk: its tree, its `.scaffold.toml`, its `.env`."""

import os
import secrets
from importlib.metadata import version
from pathlib import Path

from scaffold.errors import Exit, ScaffoldError
from scaffold.model.recipe import Recipe
from scaffold.model.tree import File, Tree
from scaffold.project.staging import STATE_FILE as STATE_FILE

STATE_FILE = STATE_FILE
PLACEHOLDER = "generate-me"
TOOLS = ("cookiecutter", "jinja2", "ruff")  # their versions decide what a render is


def state_file(recipe: Recipe, tree: Tree) -> File:
    """What later commands need to know of a project: recipe, versions, digests of its files."""
    import tomli_w

    from scaffold import __version__

    text = tomli_w.dumps(
        {
            "recipe": recipe.as_dict(),
            "versions": {"scaffold": __version__, **{tool: version(tool) for tool in TOOLS}},
            "files": {path: file.digest for path, file in tree.items()},
        }
    )
    return File(f"# Written by scaffold, for scaffold. Commit it.\n{text}".encode())


def dotenv_file(tree: Tree) -> Tree:
    """The project's own `.env`: its `.env.example` with a fresh value for every placeholder.

    Raises:
        ScaffoldError: the pack renders an `.env` of its own, which would be committed.
    """
    if ".env" in tree:
        raise ScaffoldError("the pack renders .env, which no repository may hold",
                            "call it .env.example", Exit.BUG)  # fmt: skip
    example = tree.get(".env.example")
    if example is None:
        return Tree({})
    text = example.content.decode()
    while PLACEHOLDER in text:
        text = text.replace(PLACEHOLDER, secrets.token_urlsafe(48), 1)
    return Tree({".env": File(text.encode())})


def write_tree(tree: Tree, folder: Path) -> None:
    """Write a tree's files below a folder that holds none of them."""
    folders = {folder / path for path in {path.rpartition("/")[0] for path in tree}}
    for place in sorted(folders):
        place.mkdir(parents=True, exist_ok=True)
    for path, file in tree.items():
        target = folder / path
        mode = 0o777 if file.executable else 0o600 if path == ".env" else 0o666
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(file.content)

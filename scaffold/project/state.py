"""The files of a project on disk: its tree, its `.scaffold.toml`, its `.env`."""

import os
import re
import secrets
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from scaffold.errors import Exit, ScaffoldError
from scaffold.model.recipe import Recipe
from scaffold.model.tree import File, Tree
from scaffold.packs.pack import Pack
from scaffold.project.staging import LAST

MANIFEST = LAST
PLACEHOLDER = "generate-me"
TOOLS = ("cookiecutter", "jinja2", "ruff")  # their versions decide what a render is


def manifest(recipe: Recipe, tree: Tree, pack: Pack) -> File:
    """What later commands need to know of a project: recipe, pack, versions, digests of its files.

    The pack stands there by name, version and tree hash, never by its path on this machine.
    """
    import tomli_w

    from scaffold import __version__

    text = tomli_w.dumps(
        {
            "recipe": replace(recipe, pack=pack.name, pack_version=pack.version).as_dict(),
            "pack": {"tree": pack.tree_hash()},
            "versions": {"scaffold": __version__, **{tool: version(tool) for tool in TOOLS}},
            "files": {path: file.digest for path, file in tree.items()},
        }
    )
    return File(f"# Written by scaffold, for scaffold. Commit it.\n{text}".encode())


def environment(tree: Tree) -> Tree:
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
    text = re.sub(PLACEHOLDER, lambda _: secrets.token_urlsafe(48), example.content.decode())
    return Tree({".env": File(text.encode())})


def write(tree: Tree, folder: Path) -> None:
    """Write a tree's files below a folder that holds none of them."""
    folders = {folder / path for path in {path.rpartition("/")[0] for path in tree}}
    for place in sorted(folders):
        place.mkdir(parents=True, exist_ok=True)
    for path, file in tree.items():
        target = folder / path
        mode = 0o777 if file.executable else 0o600 if path == ".env" else 0o666
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(file.content)

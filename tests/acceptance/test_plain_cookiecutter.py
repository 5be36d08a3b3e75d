"""A pack's base is a plain cookiecutter template: its own engine gives the same bytes as ours."""

import os
from pathlib import Path

import pytest
from cookiecutter.generate import generate_context, generate_files

from scaffold.model.recipe import Recipe
from scaffold.model.tree import File, Tree
from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.rendering.render import render


def on_disk(folder: Path) -> Tree:
    files = (path for path in folder.rglob("*") if path.is_file())
    return Tree(
        {
            path.relative_to(folder).as_posix(): File(path.read_bytes(), os.access(path, os.X_OK))
            for path in files
        }
    )


@pytest.mark.parametrize("name", BUILT_IN)
def test_cookiecutter_alone_gives_the_base(name: str, tmp_path: Path) -> None:
    pack = find_pack(name)
    context = generate_context(str(pack.root / "cookiecutter.json"))
    context["cookiecutter"]["_output_dir"] = str(tmp_path)
    folder = Path(generate_files(pack.root, context, tmp_path))
    ours = render(Recipe(name, "Acme", "acme"), pack)
    plain = on_disk(folder)
    assert list(plain) == list(ours)
    for path in plain:
        assert plain[path] == ours[path], path

"""A pack's base is a plain cookiecutter template: cookiecutter alone gives the same code as ours.

It knows neither the layer that both packs share, nor the formatter.
"""

import os
from pathlib import Path, PurePosixPath

import pytest
from cookiecutter.generate import generate_context, generate_files

from scaffold.model.recipe import Recipe
from scaffold.model.tree import File, Tree
from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.rendering.formatting import format_python
from scaffold.rendering.render import render

SHARED = find_pack("flask").root.parent / "shared"


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
    plain = format_python(on_disk(folder))
    shared = {path.name for path in (SHARED / "base").rglob("*") if path.is_file()}
    assert {path for path in ours if path not in plain} == {
        path for path in ours if PurePosixPath(path).name in shared
    }
    assert not set(plain) - set(ours)
    for path in plain:
        assert plain[path] == ours[path], path

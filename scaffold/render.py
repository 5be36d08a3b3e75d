"""Recipe → tree, through cookiecutter's own environment and format; touches no project."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold import memory
from scaffold.catalog import find
from scaffold.compose import Layer, layers
from scaffold.errors import Exit, ScaffoldError
from scaffold.formatting import format_python
from scaffold.hygiene import check
from scaffold.pack import Pack
from scaffold.recipe import Recipe
from scaffold.tree import File, Tree, unite

if TYPE_CHECKING:
    from jinja2 import Environment


def render(recipe: Recipe, pack: Pack | None = None) -> Tree:
    """Render a recipe: the one function every verb uses.

    The result is a function of the recipe, the pack and the versions of Jinja2 and ruff alone.

    Args:
        recipe: what to render; its features must be complete (`pack.choose`).
        pack: the pack, where it has been read already.

    Raises:
        UsageError: the recipe does not fit the pack.
        ScaffoldError: the pack is broken; the message names layer and file.
    """
    pack = pack or find(recipe.pack)
    parts = layers(pack, recipe)
    engine = Engine(pack)
    tree = unite((layer.name, engine.render(layer)) for layer in parts)
    tree = format_python(tree)
    check(tree)
    return tree


def recorded(recipe: Recipe, pack: Pack) -> Recipe:
    """The recipe as it is written down: with the version of the pack that rendered it."""
    return replace(recipe, pack_version=pack.version)


class Engine:
    """Cookiecutter's environment over the layers of one pack, with compiled templates kept."""

    def __init__(self, pack: Pack) -> None:
        from cookiecutter.utils import create_env_with_context
        from jinja2 import FileSystemBytecodeCache

        variables = {
            **pack.context.get("_jinja2_env_vars", {}),
            "auto_reload": False,
            "cache_size": -1,
        }
        if compiled := _writable(memory.directory() / "templates"):
            variables["bytecode_cache"] = FileSystemBytecodeCache(str(compiled))
        settings = {**pack.context, "_jinja2_env_vars": variables}
        self.env: Environment = create_env_with_context({"cookiecutter": settings})
        self.marks = _marks(self.env)
        self.paths: dict[str, Any] = {}

    def render(self, layer: Layer) -> Tree:
        """Render one layer into a tree of its own.

        Raises:
            ScaffoldError: a template does not compile, or names what is undefined.
        """
        from cookiecutter.generate import is_copy_only_path
        from jinja2 import FileSystemLoader, TemplateError

        self.env.loader = FileSystemLoader([layer.template, layer.template.parent / "templates"])
        context = dict(layer.context)
        files: dict[str, File] = {}
        for path, name in _walk(layer.template):
            source = path.read_bytes()
            executable = os.access(path, os.X_OK)
            try:
                target = self._path(name, context)
                copy = is_copy_only_path(name, context) or not self._marked(source)
                content = source if copy else self._text(name, source, context)
            except (TemplateError, TypeError, ValueError) as error:
                raise ScaffoldError(
                    f"{layer.name}: {name} cannot be rendered: {error}",
                    "this is a fault of the pack",
                    Exit.BUG,
                ) from error
            if target in files:
                raise ScaffoldError(f"{layer.name} writes {target} twice", code=Exit.BUG)
            files[target] = File(content, executable)
        return Tree(files)

    def _path(self, name: str, context: dict[str, Any]) -> str:
        if "{" not in name:
            return name
        if name not in self.paths:
            self.paths[name] = self.env.from_string(name)
        return str(self.paths[name].render(context))

    def _marked(self, source: bytes) -> bool:
        """Tell a template from a file to copy: markup, and neither NUL nor broken UTF-8."""
        if b"\0" in source or not any(mark in source for mark in self.marks):
            return False
        try:
            source.decode()
        except UnicodeDecodeError:
            return False
        return True

    def _text(self, name: str, source: bytes, context: dict[str, Any]) -> bytes:
        text = self.env.get_template(name).render(context)
        newline = "\r\n" if source.partition(b"\n")[0].endswith(b"\r") else "\n"
        return text.replace("\n", newline).encode() if newline != "\n" else text.encode()


def _marks(env: "Environment") -> tuple[bytes, ...]:
    starts = (
        env.variable_start_string,
        env.block_start_string,
        env.comment_start_string,
        env.line_statement_prefix,
        env.line_comment_prefix,
    )
    return tuple(start.encode() for start in starts if start)


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file below a folder, with its POSIX path relative to it, in sorted order."""
    for root, directories, names in os.walk(folder):
        directories[:] = sorted(d for d in directories if d != "__pycache__")
        for name in sorted(names):
            path = Path(root, name)
            yield path, path.relative_to(folder).as_posix()


def _writable(folder: Path) -> Path | None:
    """The folder, made where needed; nothing where the disk refuses it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None

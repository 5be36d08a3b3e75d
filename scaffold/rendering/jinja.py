"""One layer → tree, with cookiecutter's own environment and rules, in memory."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from scaffold.errors import Exit, ScaffoldError
from scaffold.model.tree import File, Tree
from scaffold.rendering import cache as memory
from scaffold.rendering.bytecode_cache import Compiled
from scaffold.rendering.layers import Layer

if TYPE_CHECKING:
    from jinja2 import Environment

Context = Mapping[str, Any]


class Engine:
    """Cookiecutter's environment over the layers of one pack, with compiled templates kept.

    Args:
        settings: the content of the pack's `cookiecutter.json`.
    """

    def __init__(self, settings: Context) -> None:
        from cookiecutter.utils import create_env_with_context

        own = settings.get("_jinja2_env_vars", {})
        variables = {
            **own,
            "auto_reload": False,
            "cache_size": 100,  # more than the templates of one app; all of them would only be held
            "bytecode_cache": Compiled(memory.directory() / "templates", own),
        }
        context = {"cookiecutter": {**settings, "_jinja2_env_vars": variables}}
        self.env: Environment = create_env_with_context(context)
        self.marks = _marks(self.env)
        self.paths: dict[str, Any] = {}
        self.copied: dict[str, str] = {"": ""}  # folder → the outermost one copied whole

    def render(self, layer: Layer) -> Tree:
        """Render one layer into a tree of its own.

        Raises:
            ScaffoldError: a template does not compile, or names what is undefined.
        """
        from jinja2 import FileSystemLoader

        self.env.loader = FileSystemLoader([layer.template, layer.template.parent / "templates"])
        files: dict[str, File] = {}
        for path, name in _files(layer):
            try:
                target, content = self._file(path, name, layer.context)
                executable = os.access(path, os.X_OK)
            except Exception as error:  # a template may raise anything
                line = _line(error, path)
                where = f"{name}, line {line}," if line else name
                raise ScaffoldError(
                    f"{layer.name}: {where} cannot be rendered: {_reason(error)}",
                    f"this is a fault of the pack, in {path}",
                    Exit.BUG,
                ) from error
            if layer.only:
                target = layer.only[1]
            if not target or target.endswith("/"):
                continue  # an empty name, which is how a cookiecutter template leaves a file out
            if target in files:
                raise ScaffoldError(f"{layer.name} writes {target} twice", code=Exit.BUG)
            files[target] = File(content, executable)
        return Tree(files)

    def _file(self, path: Path, name: str, context: Context) -> tuple[str, bytes]:
        source = path.read_bytes()
        if folder := self._copied_folder(name.rpartition("/")[0], context):
            return self._path(folder, context) + name.removeprefix(folder), source
        target = self._path(name, context)
        if _copied(name, context) or not self._marked(source):
            return target, source
        return target, self._text(name, source, context)

    def _copied_folder(self, folder: str, context: Context) -> str:
        """The outermost folder that is copied whole, at or above one; empty where none is."""
        if folder not in self.copied:
            above = self._copied_folder(folder.rpartition("/")[0], context)
            self.copied[folder] = above or (folder if _copied(folder, context) else "")
        return self.copied[folder]

    def _path(self, name: str, context: Context) -> str:
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

    def _text(self, name: str, source: bytes, context: Context) -> bytes:
        text = self.env.get_template(name).render(context)
        found = "\r\n" if 0 < source.count(b"\n") == source.count(b"\r\n") else "\n"
        newline = context["cookiecutter"].get("_new_lines") or found
        return (text.replace("\n", newline) if newline != "\n" else text).encode()


def _marks(env: "Environment") -> tuple[bytes, ...]:
    starts = (
        env.variable_start_string,
        env.block_start_string,
        env.comment_start_string,
        env.line_statement_prefix,
        env.line_comment_prefix,
    )
    return tuple(start.encode() for start in starts if start)


def _copied(name: str, context: Context) -> bool:
    if not context["cookiecutter"].get("_copy_without_render"):
        return False  # and what the question is put to need not be imported
    from cookiecutter.generate import is_copy_only_path

    return bool(is_copy_only_path(name, dict(context)))


def _line(error: Exception, path: Path) -> int | None:
    """The line of a template at which an error arose; nothing where it is not known."""
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError):
        return error.lineno if error.filename == str(path) else None
    frames = extract_tb(error.__traceback__)  # Jinja puts the template's own lines there
    return next((one.lineno for one in reversed(frames) if one.filename == str(path)), None)


def _reason(error: Exception) -> str:
    """An error in one line."""
    from jinja2 import TemplateSyntaxError

    said = error.message if isinstance(error, TemplateSyntaxError) else str(error)
    return " ".join((said or "").split()) or type(error).__name__


def _files(layer: Layer) -> Iterator[tuple[Path, str]]:
    return (
        iter([(layer.template / layer.only[0], layer.only[0])])
        if layer.only
        else _walk(layer.template)
    )


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file below a folder, with its POSIX path relative to it, in sorted order."""
    for root, directories, names in os.walk(folder):
        directories[:] = sorted(d for d in directories if d != "__pycache__")
        for name in sorted(names):
            path = Path(root, name)
            yield path, path.relative_to(folder).as_posix()

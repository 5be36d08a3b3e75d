"""One layer → tree, with cookiecutter's own environment and rules, in memory.

Templates run in Jinja's sandbox, whoever wrote them.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from scaffold.errors import Exit, PackError, ScaffoldError
from scaffold.model.tree import File, Tree
from scaffold.packs.context import EXTENSIONS
from scaffold.packs.pack_files import MIB, TEMPLATE_BYTES, PackFiles
from scaffold.rendering import cache as memory
from scaffold.rendering.bytecode_cache import BytecodeCache
from scaffold.rendering.layer import Layer

if TYPE_CHECKING:
    from jinja2 import Environment, Template

Context = Mapping[str, Any]
NAME_LENGTH = 4096  # characters of a rendered path
TEXT_LENGTH = 10 * MIB  # characters of a rendered file
TREE_BYTES = 200 * MIB  # of all files that a pack renders
TREE_FILES = 20_000
REASON = 300  # characters of an error's reason


class LayerRenderer:
    """Cookiecutter's environment over the layers of one pack, with compiled templates kept.

    Args:
        settings: the content of the pack's `cookiecutter.json`.
        files: the pack's files.
        watch: called with the name of each file as its turn comes.
    """

    def __init__(
        self, settings: Context, files: PackFiles, watch: Callable[[str], None] = lambda _: None
    ) -> None:
        from scaffold.rendering.sandbox import sandbox

        own = settings.get("_jinja2_env_vars", {})
        variables = {
            **own,
            "auto_reload": False,
            "cache_size": 100,  # more than the templates of one app; all of them would only be held
            "bytecode_cache": _bytecode(settings),
        }
        self.env = sandbox(settings, variables)
        # TOML forbids the surrogates that JSON writes for an emoji.
        self.env.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
        self.files = files
        self.watch = watch
        self.marks = _marks(self.env)
        self.paths: dict[str, Any] = {}
        self.copied: dict[str, str] = {"": ""}  # folder → the outermost one copied whole
        self.bytes = self.count = 0

    def render(self, layer: Layer) -> Tree:
        """Render one layer into a tree of its own.

        Raises:
            ScaffoldError: a template does not compile, names what is undefined, does what the
                sandbox refuses, or renders more than a pack may.
        """
        from scaffold.rendering.sandbox import PackLoader

        shared = [folder / "templates" for folder in (layer.template.parent, self.files.roots[0])]
        self.loader = PackLoader(self.files, [layer.template, *shared])
        self.env.loader = self.loader
        files: dict[str, File] = {}
        for path, name in self._listed(layer):
            self.watch(f"{layer.name}: {name}")
            try:
                target = layer.only[1] if layer.only else self._target(name, layer.context)
                if not target or target.endswith("/"):
                    continue  # an empty name is how a cookiecutter template leaves a file out
                content = self._content(path, name, layer.context)
                executable = os.access(path, os.X_OK)
            except PackError:
                raise
            except Exception as error:  # a template may raise anything
                raise fault(layer, path, name, error) from error
            if target in files:
                raise ScaffoldError(f"{layer.name} writes {target} twice", code=Exit.BUG)
            files[target] = File(content, executable)
            self._count(layer, content)
        return Tree(files)

    def _listed(self, layer: Layer) -> Iterator[tuple[Path, str]]:
        if layer.only:
            path = layer.template / layer.only[0]
            self.files.check(path)
            return iter([(path, layer.only[0])])
        return self.files.walk(layer.template)

    def _count(self, layer: Layer, content: bytes) -> None:
        self.bytes += len(content)
        self.count += 1
        if self.bytes > TREE_BYTES or self.count > TREE_FILES:
            raise PackError(
                layer.template,
                f"the pack renders more than {TREE_FILES} files or {TREE_BYTES // MIB} MiB",
                "render less",
            )

    def _target(self, name: str, context: Context) -> str:
        if folder := self._copied_folder(name.rpartition("/")[0], context):
            return self._path(folder, context) + name.removeprefix(folder)
        return self._path(name, context)

    def _content(self, path: Path, name: str, context: Context) -> bytes:
        source = self.files.read_listed(path)
        whole = self._copied_folder(name.rpartition("/")[0], context) or _copied(name, context)
        if whole or not self._marked(source):
            return source
        self._check_size(path, source)
        return self._text(name, source, context)

    def _check_size(self, path: Path, source: bytes) -> None:
        if len(source) > TEMPLATE_BYTES:
            raise PackError(
                path,
                f"is a template larger than {TEMPLATE_BYTES // MIB} MiB",
                "list it in _copy_without_render",
            )

    def _copied_folder(self, folder: str, context: Context) -> str:
        """Return the outermost folder at or above one that is copied whole, or an empty text."""
        if folder not in self.copied:
            above = self._copied_folder(folder.rpartition("/")[0], context)
            self.copied[folder] = above or (folder if _copied(folder, context) else "")
        return self.copied[folder]

    def _path(self, name: str, context: Context) -> str:
        if "{" not in name:
            return name
        if name not in self.paths:
            self.paths[name] = self.env.from_string(name)
        return rendered(self.paths[name], context, NAME_LENGTH)

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
        self.loader.known[name] = source.decode()
        text = rendered(self.env.get_template(name), context)
        found = "\r\n" if 0 < source.count(b"\n") == source.count(b"\r\n") else "\n"
        newline = context["cookiecutter"].get("_new_lines") or found
        return (text.replace("\n", newline) if newline != "\n" else text).encode()


def _bytecode(settings: Context) -> BytecodeCache | None:
    """Return the store of compiled templates; none where a template's own code compiles them."""
    extensions = settings.get("_extensions", [])
    if not set(extensions) <= EXTENSIONS:
        return None
    decisive = {**settings.get("_jinja2_env_vars", {}), "_extensions": extensions}
    return BytecodeCache(memory.directory() / "templates", decisive)


def rendered(template: "Template", context: Context, limit: int = TEXT_LENGTH) -> str:
    """Render a template; stop where the result grows longer than the limit."""
    parts: list[str] = []
    length = 0
    for part in template.generate(context):
        parts.append(part)
        length += len(part)
        if length > limit:
            raise ValueError(f"the result is longer than {limit} characters")
    return "".join(parts)


def fault(layer: Layer, path: Path, name: str, error: Exception) -> ScaffoldError:
    """Return what a template raised as an error with its file and line."""
    line = _line(error, path)
    shown = name.replace("\n", "\\n")
    where = f"{shown}, line {line}," if line else shown
    return ScaffoldError(
        f"{layer.name}: {where} cannot be rendered: {_reason(error)}",
        f"this is a fault of the pack, in {path}",
        Exit.BUG,
    )


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
    """Return the line of a template at which an error arose, if any."""
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError):
        return error.lineno if error.filename == str(path) else None
    frames = extract_tb(error.__traceback__)  # Jinja puts the template's own lines there
    return next((one.lineno for one in reversed(frames) if one.filename == str(path)), None)


def _reason(error: Exception) -> str:
    """Return an error in one line."""
    from jinja2 import TemplateSyntaxError

    if isinstance(error, MemoryError):
        return "it needs more memory than a template may use"
    if isinstance(error, RecursionError):
        return "it calls or includes itself without end"
    text = error.message if isinstance(error, TemplateSyntaxError) else str(error)
    return " ".join((text or "").split())[:REASON] or type(error).__name__

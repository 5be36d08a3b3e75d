"""A static model of a project: each file is parsed once, when a rule asks; nothing is run."""

import gc
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from scaffold import git
from scaffold.checks.apps import App, Blueprint, find_apps, find_blueprints
from scaffold.checks.classes import Classes
from scaffold.checks.module import Module, is_migration, is_test
from scaffold.checks.routes import Route, find_routes
from scaffold.errors import ScaffoldError
from scaffold.project.files import list_files

VENDORED = {"node_modules", "vendor", "vendored", "_vendor", "third_party", "site-packages"}
ASIDE = {"docs", "doc", "examples", "example", "scripts", "benchmarks", "bin", "tools"}
TEMPLATES = (".html", ".htm", ".jinja", ".jinja2", ".j2", ".xml", ".txt")
HOPS = 5  # re-exports that a name is followed through


@dataclass(frozen=True)
class Template:
    """A template of pages or mails."""

    path: str
    text: str


class Project:
    """A project on disk, as rules see it.

    Args:
        root: its directory.
        exclude: patterns of files that are left out.
        committed: every file is one that git has, as in an archive of a commit.

    Raises:
        ScaffoldError: there is no such directory.
    """

    def __init__(self, root: Path, exclude: Sequence[str] = (), *, committed: bool = False) -> None:
        if not root.is_dir():
            raise ScaffoldError(f"{root} is not a directory", "name the project's directory")
        self.root = root
        self.exclude = tuple(exclude)
        self.committed = committed
        self.opened = time.perf_counter()
        self._contents: dict[str, bytes] = {}
        self._origins: dict[str, str] = {}

    @cached_property
    def files(self) -> list[str]:
        """The files that git knows or would add, without other people's code."""
        return [
            path
            for path in list_files(self.root)
            if not VENDORED.intersection(path.split("/"))
            and not (path.startswith(".") and "/" in path)
            and not any(fnmatchcase(path, pattern) for pattern in self.exclude)
        ]

    @cached_property
    def tracked(self) -> frozenset[str]:
        """The files that git has; empty outside of a repository."""
        if self.committed:
            return frozenset(self.files)
        listed = git.run(self.root, "ls-files", "-z", "--cached")
        return frozenset(listed.output.split("\0")) if listed.ok else frozenset()

    @cached_property
    def _sources(self) -> list[str]:
        return [path for path in self.files if path.endswith(".py")]

    @cached_property
    def modules(self) -> list[Module]:
        """The Python files of the application: no tests, migrations, documentation."""
        return [
            module
            for module in self._all_modules
            if not is_test(module.path)
            and not is_migration(module.path)
            and not ASIDE.intersection(module.path.split("/")[:-1])
            and self._parses(module)
        ]

    @cached_property
    def tests(self) -> list[Module]:
        """The Python files of tests."""
        return [module for module in self._all_modules if is_test(module.path)]

    @cached_property
    def migrations(self) -> list[Module]:
        """The Python files of database migrations."""
        return [
            module
            for module in self._all_modules
            if is_migration(module.path) and not is_test(module.path) and self._parses(module)
        ]

    @cached_property
    def unreadable(self) -> dict[str, str]:
        """Files that could not be parsed, and why."""
        return {}

    @cached_property
    def templates(self) -> list[Template]:
        """The templates in folders called `templates`."""
        return [
            Template(path, self.read(path))
            for path in self.files
            if path.endswith(TEMPLATES) and "templates" in path.split("/")[:-1]
            if not is_test(path)
        ]

    @cached_property
    def pyproject(self) -> Mapping[str, Any]:
        """The values of `pyproject.toml`; none where there is no such file, or no valid one."""
        import tomllib

        try:
            return tomllib.loads(self.read("pyproject.toml"))
        except tomllib.TOMLDecodeError:
            return {}

    def read(self, path: str) -> str:
        """Return the text of a file; empty where it cannot be read."""
        text = self._content(path).decode("utf-8", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def write(self, path: str, content: bytes) -> None:
        """Write a file, so that the next one who reads it sees what is new.

        Raises:
            ScaffoldError: it cannot be written.
        """
        file = self.root / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        except OSError as error:
            raise ScaffoldError(f"{file} cannot be written: {error.strerror}") from None
        self._contents[path] = content

    def text_with(self, path: str, *words: str) -> str:
        """Return the text of a file that contains one of some words; empty where it does not."""
        content = self._content(path)
        return self.read(path) if any(word.encode() in content for word in words) else ""

    def modules_with(self, *words: str) -> Iterator[Module]:
        """Yield the modules whose text contains one of some words; only these need a look."""
        for module in self.modules:
            if any(word in module.text for word in words):
                yield module

    def _content(self, path: str) -> bytes:
        """Return the bytes of a file, which several rules search; empty where it cannot be read."""
        if path not in self._contents:
            try:
                self._contents[path] = (self.root / path).read_bytes()
            except OSError:
                self._contents[path] = b""
        return self._contents[path]

    def exists(self, path: str) -> bool:
        """Return whether there is a file or directory."""
        return (self.root / path).exists()

    @cached_property
    def classes(self) -> Classes:
        """The classes of the application."""
        return Classes(self)

    @cached_property
    def blueprints(self) -> list[Blueprint]:
        """The blueprints that are assigned to a name at the top of a module."""
        return find_blueprints(self)

    @cached_property
    def routes(self) -> list[Route]:
        """The routes of Flask."""
        return list(find_routes(self))

    @cached_property
    def apps(self) -> list[App]:
        """The apps: Django's, and the packages of blueprints."""
        return find_apps(self)

    def module(self, name: str) -> Module | None:
        """Return the module with a name, as it is imported."""
        return self._by_name.get(name)

    def origin(self, name: str) -> str:
        """Return the full name of a thing where it is defined, through re-exports."""
        if name not in self._origins:
            self._origins[name] = self._follow(name)
        return self._origins[name]

    def _follow(self, name: str) -> str:
        for _ in range(HOPS):
            parent, _, last = name.rpartition(".")
            module = self.module(parent)
            if module is None or module.path in self.unreadable or last not in module.aliases:
                return name
            if module.aliases[last] == name:  # a package that imports a module of its own
                return name
            name = module.aliases[last]
        return name

    def uses(self, framework: str) -> bool:
        """Return whether the application imports a framework."""
        return framework in self._imported

    @cached_property
    def _imported(self) -> frozenset[str]:
        """The packages that the application imports, its own among them."""
        return frozenset(
            one.target.partition(".")[0] for module in self.modules for one in module.index.imports
        )

    def _parses(self, module: Module) -> bool:
        try:
            return bool(module.tree)
        except (SyntaxError, ValueError, RecursionError) as error:
            version = ".".join(map(str, sys.version_info[:2]))
            line = f"line {error.lineno}: " if isinstance(error, SyntaxError) else ""
            reason = error.msg if isinstance(error, SyntaxError) else str(error)
            self.unreadable[module.path] = f"{line}{reason} (read as Python {version})"
            return False

    @cached_property
    def _all_modules(self) -> list[Module]:
        return [Module(path, self._name_of(path), self.read(path)) for path in self._sources]

    def package_name(self, folder: str) -> str:
        """Return the name that a directory is imported by."""
        return self._name_of(f"{folder}/__init__.py")

    def _name_of(self, path: str) -> str:
        """Return a module's name: from the topmost of the packages around it that are connected."""
        parts = path.removesuffix(".py").split("/")
        if parts[-1] == "__init__":
            parts.pop()
            if not parts:
                return self.root.name
        start = len(parts) - 1
        while start > 0 and "/".join(parts[:start]) in self._packages:
            start -= 1
        return ".".join(parts[start:])

    @cached_property
    def _packages(self) -> frozenset[str]:
        names = (path.rpartition("/") for path in self._sources)
        return frozenset(folder for folder, _, name in names if name == "__init__.py")

    @cached_property
    def _by_name(self) -> dict[str, Module]:
        """Modules by their names, and by every tail of their paths that is theirs alone."""
        tails: dict[str, list[Module]] = defaultdict(list)
        for module in self._all_modules:
            for name in _tails(module.path):
                tails[name].append(module)
        found = {name: ones[0] for name, ones in tails.items() if len(ones) == 1 and "." in name}
        return {**found, **{module.name: module for module in reversed(self._all_modules)}}


@contextmanager
def without_collector() -> Iterator[None]:
    """Hold the garbage collector back: syntax trees are many objects, and none is garbage yet."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()  # or the first collection goes through every tree that is left
            gc.enable()


def _tails(path: str) -> Iterator[str]:
    parts = re.sub(r"(/__init__)?\.py$", "", path).split("/")
    for start in range(len(parts)):
        yield ".".join(parts[start:])

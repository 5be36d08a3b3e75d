"""A Python file, parsed once: its imports, definitions and calls, each with its place."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, ClassVar, NamedTuple

TEST_FOLDERS = {"test", "tests", "testing", "fixtures", "factories", "e2e"}
TEST_FILE = re.compile(r"(test_.*|.*_tests?|tests?|conftest|factories)\.py")
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Loop = ast.For | ast.AsyncFor | Comprehension
LEAVES = {"ctx", "op", "ops", "id", "attr", "arg", "name", "names", "kind", "type_comment"}


class Place(NamedTuple):
    """Where a node stands.

    Args:
        symbol: the definition around it, such as `Post.save`; empty at the top.
        in_function: whether it runs only when a function is called.
        in_class: whether a class is its nearest definition.
        type_checking: whether it is for type checkers alone.
        main: whether it runs only when the file is run as a script.
        unless: what lacks a key: `cache` under `if key not in cache`.
        loops: the loops around it in the same function, outermost first.
    """

    symbol: str = ""
    in_function: bool = False
    in_class: bool = False
    type_checking: bool = False
    main: bool = False
    unless: str = ""
    loops: tuple[Loop, ...] = ()

    def within(self, name: str) -> str:
        """Return the symbol of a definition that stands here."""
        return f"{self.symbol}.{name}" if self.symbol else name


@dataclass(frozen=True)
class Import:
    """An imported name.

    Args:
        target: what it stands for, in full: `app.models.User`.
        name: what it is called here.
        line: where it is imported.
        place: what stands around it.
    """

    target: str
    name: str
    line: int
    place: Place


@dataclass(frozen=True)
class Index:
    """What a module contains, in the order of the file."""

    imports: list[Import] = field(default_factory=list)
    classes: list[tuple[ast.ClassDef, Place]] = field(default_factory=list)
    functions: list[tuple[ast.FunctionDef | ast.AsyncFunctionDef, Place]] = field(
        default_factory=list
    )
    calls: list[tuple[ast.Call, Place]] = field(default_factory=list)
    assigns: list[tuple[ast.Assign | ast.AnnAssign | ast.AugAssign, Place]] = field(
        default_factory=list
    )
    names: set[tuple[str, type[ast.expr_context]]] = field(default_factory=set)
    strings: list[ast.Constant] = field(default_factory=list)


@dataclass(frozen=True)
class Module:
    """A Python file.

    Args:
        path: from the project's root, with forward slashes.
        name: as it is imported: `app.blueprints.blog.views`.
        text: its source.
    """

    path: str
    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Parse the file.

        Raises:
            SyntaxError: it is not Python of this version.
        """
        return ast.parse(self.text)

    @cached_property
    def index(self) -> Index:
        """Walk through the file once."""
        return _Walk(self).index

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the source."""
        return self.text.splitlines()

    @cached_property
    def aliases(self) -> dict[str, str]:
        """What each imported name stands for."""
        return {one.name: one.target for one in self.index.imports}

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    @property
    def is_package(self) -> bool:
        """Whether it is the `__init__.py` of a package."""
        return self.path.endswith("__init__.py")

    @property
    def stem(self) -> str:
        """The last part of its name."""
        return self.name.rpartition(".")[2]

    def qualified(self, node: ast.AST) -> str:
        """Return the full name of what a name or attribute stands for; empty for others."""
        name = dotted(node)
        return self.full_name(name) if name else ""

    def full_name(self, name: str) -> str:
        """Return the full name of what a name stands for, as it is written: `db.session.get`."""
        head, dot, rest = name.partition(".")
        return self.aliases.get(head, f"{self.name}.{head}") + dot + rest


def dotted(node: ast.AST) -> str:
    """Return a name or attribute as it is written, `db.session.get`; empty for others."""
    if isinstance(node, ast.Name):
        return node.id
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def called(call: ast.Call) -> str:
    """Return the last part of the name of what is called; empty where that has no name."""
    func = call.func
    if isinstance(func, ast.Name):
        return func.id
    return func.attr if isinstance(func, ast.Attribute) else ""


def string(node: ast.AST | None) -> str:
    """Return the text of a literal; empty for others."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """Return the value of a keyword argument."""
    return next((one.value for one in call.keywords if one.arg == name), None)


def argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    """Return an argument, given by position or by name."""
    return call.args[position] if len(call.args) > position else keyword(call, name)


def targets(node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> list[str]:
    """Return the names that a statement assigns to."""
    found = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [name for name in map(dotted, found) if name]


def is_test(path: str) -> bool:
    """Return whether a file belongs to tests."""
    *folders, name = path.split("/")
    known = any(_is_test_folder(one) for one in folders)
    return known or bool(TEST_FILE.fullmatch(name))


def _is_test_folder(name: str) -> bool:
    return name in TEST_FOLDERS or name.startswith(("tests-", "tests_")) or name.endswith("_tests")


def is_migration(path: str) -> bool:
    """Return whether a file is a database migration, or what runs them."""
    folders = path.split("/")[:-1]
    return any(name in ("migrations", "alembic") or "_migrations" in name for name in folders)


class _Walk:
    """One walk through a module, which keeps what rules ask for."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.index = Index()
        self._visit(module.tree, Place())

    def _visit(self, node: ast.AST, place: Place) -> None:
        for child in _children(node):
            self._enter(child, place)

    def _enter(self, node: ast.AST, place: Place) -> None:
        enter = self._ENTER.get(type(node))
        if enter is not None:
            enter(self, node, place)
        else:
            self._visit(node, place)

    def _constant(self, node: ast.Constant, _place: Place) -> None:
        if isinstance(node.value, str):
            self.index.strings.append(node)

    def _import(self, node: ast.Import | ast.ImportFrom, place: Place) -> None:
        self.index.imports.extend(self._imports(node, place))

    def _assign(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign, place: Place) -> None:
        self.index.assigns.append((node, place))
        self._visit(node, place)

    def _call(self, node: ast.Call, place: Place) -> None:
        self.index.calls.append((node, place))
        self._visit(node, place)

    def _lambda(self, node: ast.Lambda, place: Place) -> None:
        self._visit(node, place._replace(in_function=True, in_class=False, loops=()))

    def _name(self, node: ast.Name | ast.Attribute, place: Place) -> None:
        if name := dotted(node):
            self.index.names.add((name, type(node.ctx)))
        else:
            self._visit(node, place)

    def _definition(self, node: Definition, place: Place) -> None:
        for decorator in node.decorator_list:
            self._enter(decorator, place)
        inside = place._replace(symbol=place.within(node.name), loops=())
        if isinstance(node, ast.ClassDef):
            self.index.classes.append((node, place))
            inside = inside._replace(in_class=True)
            for part in (*node.bases, *(one.value for one in node.keywords)):
                self._enter(part, place)
        else:
            self.index.functions.append((node, place))
            inside = inside._replace(in_function=True, in_class=False)
            self._visit(node.args, place)
            if node.returns:
                self._enter(node.returns, place)
        for statement in node.body:
            self._enter(statement, inside)

    def _condition(self, node: ast.If, place: Place) -> None:
        self._enter(node.test, place)
        test = ast.unparse(node.test) if isinstance(node.test, ast.Name | ast.Attribute) else ""
        inside = place
        if test.endswith("TYPE_CHECKING"):
            inside = place._replace(type_checking=True)
        elif isinstance(node.test, ast.Compare) and dotted(node.test.left) == "__name__":
            inside = place._replace(main=True)
        elif isinstance(node.test, ast.Compare) and isinstance(node.test.ops[0], ast.NotIn):
            inside = place._replace(unless=ast.unparse(node.test.comparators[0]))
        for statement in node.body:
            self._enter(statement, inside)
        for statement in node.orelse:
            self._enter(statement, place)

    def _loop(self, node: Loop, place: Place) -> None:
        inside = place._replace(unless="", loops=(*place.loops, node))
        if isinstance(node, ast.For | ast.AsyncFor):
            self._enter(node.iter, place)
            for statement in node.body:
                self._enter(statement, inside)
            for statement in node.orelse:
                self._enter(statement, place)
            return
        first, *others = node.generators
        self._enter(first.iter, place)
        for part in (*first.ifs, *others):
            self._enter(part, inside)
        for name in ("elt", "key", "value"):
            if result := getattr(node, name, None):
                self._enter(result, inside)

    def _imports(self, node: ast.Import | ast.ImportFrom, place: Place) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            for one in node.names:
                name = one.asname or one.name.partition(".")[0]
                target = one.name if one.asname else name
                yield Import(target, name, node.lineno, place)
                if target != one.name:  # `import a.b` brings a.b, under the name a
                    yield Import(one.name, one.name, node.lineno, place)
            return
        base = node.module or ""
        if node.level:
            parts = self.module.package.split(".")
            above = parts[: len(parts) - node.level + 1]
            base = ".".join([*above, *([base] if base else [])])
        for one in node.names:
            yield Import(f"{base}.{one.name}", one.asname or one.name, node.lineno, place)

    # By type: this runs once for each node of every file, and a chain of isinstance took longer
    # than all the rest.
    _ENTER: ClassVar[Mapping[type[ast.AST], Callable[["_Walk", Any, Place], None]]] = {
        ast.Constant: _constant,
        **dict.fromkeys((ast.Name, ast.Attribute), _name),
        **dict.fromkeys((ast.Import, ast.ImportFrom), _import),
        **dict.fromkeys((ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef), _definition),
        ast.If: _condition,
        **dict.fromkeys((ast.For, ast.AsyncFor), _loop),
        **dict.fromkeys((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), _loop),
        **dict.fromkeys((ast.Assign, ast.AnnAssign, ast.AugAssign), _assign),
        ast.Call: _call,
        ast.Lambda: _lambda,
    }


@cache
def _branches(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of a node's fields that may hold what rules ask for."""
    return tuple(name for name in fields if name not in LEAVES)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for name in _branches(node._fields):
        value = getattr(node, name, None)
        if isinstance(value, list):
            for one in value:
                if isinstance(one, ast.AST):
                    yield one
        elif isinstance(value, ast.AST):
            yield value

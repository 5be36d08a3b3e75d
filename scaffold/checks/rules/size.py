"""Size: A2's application of ten thousand lines in a single file."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from scaffold.checks.module import Definition, Module, dotted
from scaffold.checks.project import Project
from scaffold.checks.rule import Level, Rule, Scope, Violation

IMPORTS = ast.Import | ast.ImportFrom
HEAD = 500  # characters in which a tool says that it wrote a file
GENERATED = re.compile(
    r"^#.*(\bgenerated\b|do not edit|created by: .*compiler|changes .* will be lost)",
    re.IGNORECASE | re.MULTILINE,
)


def module_lines(project: Project, limit: int) -> Iterator[Violation]:
    """Find modules with too many lines of code; docstrings, comments and tables are none."""
    for module in project.modules:
        if len(module.lines) <= limit or _is_generated(module):
            continue
        if (count := _lines_of_code(module)) > limit:
            message = f"{module.path} has {count:,} lines of code; at most {limit:,} are wanted"
            yield Violation(module.path, message)


def function_statements(project: Project, limit: int) -> Iterator[Violation]:
    """Find functions with too many statements; a table over many lines is one statement."""
    for module in project.modules:
        if _is_generated(module):
            continue
        for node, place in module.index.functions:
            count = _count(node.body)
            if count > limit:
                symbol = place.within(node.name)
                message = f"{symbol} has {count} statements; at most {limit} are wanted"
                yield Violation(module.path, message, node.lineno, symbol)


def routes_per_module(project: Project, limit: int) -> Iterator[Violation]:
    """Find modules with too many routes."""
    counts = Counter(route.module.path for route in project.routes)
    for path, count in counts.items():
        if count > limit:
            yield Violation(path, f"{path} has {count} routes; at most {limit} are wanted")


def _is_generated(module: Module) -> bool:
    """Return whether the comments at the top of a file say that a tool wrote it."""
    return bool(GENERATED.search(module.text, 0, HEAD))


def _lines_of_code(module: Module) -> int:
    """Count the lines that are neither blank nor a comment, a docstring or part of a table."""
    left_out: set[int] = set()
    definitions = (*module.index.classes, *module.index.functions)
    for body in (module.tree.body, *(node.body for node, _ in definitions)):
        for statement in body:
            if _is_data(getattr(statement, "value", None)):
                left_out.update(range(statement.lineno, (statement.end_lineno or 0) + 1))
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and number not in left_out
        for number, line in enumerate(module.lines, 1)
    )


def _is_data(value: ast.AST | None) -> bool:
    """Return whether a value is a text on its own, or a collection of literals."""
    if isinstance(value, ast.Constant):
        return isinstance(value.value, str | bytes)
    try:
        return isinstance(ast.literal_eval(value), list | tuple | set | dict) if value else False
    except (ValueError, TypeError):
        return False


def _count(body: Iterable[ast.stmt]) -> int:
    """Count statements: no imports, none of functions within, and a row of like calls as one."""
    count, before = 0, ""
    for one in body:
        called = ""
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call):
            called = dotted(one.value.func)
        count += not (called and called == before) and not isinstance(one, IMPORTS)
        before = called
        if not isinstance(one, Definition):
            for name in ("body", "orelse", "finalbody"):
                count += _count(getattr(one, name, ()))
            for part in (*getattr(one, "handlers", ()), *getattr(one, "cases", ())):
                count += _count(part.body)
    return count


RULES = (
    Rule(
        "SCF111",
        "module-lines",
        Level.WARNING,
        Scope.FILE,
        "A module has too many lines of code.",
        "Flask imposes no structure, and one application ended as ten thousand lines in a single "
        "file. A limit from the first day keeps each module small enough for one person to know.",
        "Split the module by subject: one blueprint or app, one group of views, one service each.",
        module_lines,
        advice="A2",
        limit=1000,
    ),
    Rule(
        "SCF112",
        "function-statements",
        Level.WARNING,
        Scope.SYMBOL,
        "A function has too many statements.",
        "A function that does not fit on a screen does several things, and none of them can be "
        "tested alone.",
        "Move each of its tasks to a function of its own.",
        function_statements,
        advice="A2",
        limit=60,
    ),
    Rule(
        "SCF113",
        "routes-per-module",
        Level.WARNING,
        Scope.FILE,
        "A module has too many routes.",
        "A module with dozens of routes is an application that was never divided into blueprints.",
        "Move routes that belong together to a blueprint of their own.",
        routes_per_module,
        advice="A2",
        limit=40,
    ),
)

"""Size: A2's application of ten thousand lines in a single file."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator

from scaffold.checks.project import Project
from scaffold.checks.routes import routes
from scaffold.checks.rule import Level, Rule, Scope, Violation


def module_lines(project: Project, limit: int) -> Iterator[Violation]:
    """Find modules with too many lines."""
    for module in project.modules:
        if (count := len(module.lines)) > limit:
            yield Violation(
                module.path, f"{module.path} has {count:,} lines; at most {limit:,} are wanted"
            )


def function_statements(project: Project, limit: int) -> Iterator[Violation]:
    """Find functions with too many statements; a table over many lines is one statement."""
    for module in project.modules:
        for node, place in module.index.functions:
            count = _statements(node.body)
            if count > limit:
                symbol = place.within(node.name)
                message = f"{symbol} has {count} statements; at most {limit} are wanted"
                yield Violation(module.path, message, node.lineno, symbol)


def _statements(body: Iterable[ast.stmt]) -> int:
    """Count statements, and those inside them."""
    count = 0
    for one in body:
        count += 1
        for name in ("body", "orelse", "finalbody"):
            count += _statements(getattr(one, name, ()))
        for part in (*getattr(one, "handlers", ()), *getattr(one, "cases", ())):
            count += _statements(part.body)
    return count


def routes_per_module(project: Project, limit: int) -> Iterator[Violation]:
    """Find modules with too many routes."""
    counts = Counter(route.module.path for route in routes(project))
    for path, count in counts.items():
        if count > limit:
            yield Violation(path, f"{path} has {count} routes; at most {limit} are wanted")


RULES = (
    Rule(
        "SCF111",
        "module-lines",
        Level.WARNING,
        Scope.FILE,
        "A module has too many lines.",
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

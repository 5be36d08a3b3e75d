"""Queries: those that a loop asks row by row."""

import ast
import re
from collections.abc import Iterator

from scaffold.checks.module import Loop, Module, dotted, keyword, string
from scaffold.checks.project import Project
from scaffold.checks.rule import Level, Rule, Scope, Violation

READS = {"get", "filter", "exclude", "count", "exists", "first", "last", "aggregate", "latest"}
CHANGES = ("update", "delete", "select_for_update")
LOOP = re.compile(
    r"\{%-?\s*(?:for\s+(?P<names>[\w, ]+?)\s+in\s+(?P<rows>[\w.]+)[^%]*|(?P<end>endfor))\s*-?%\}"
)
PROSE = 100  # characters; no path of relations is that long
RELATION = re.compile(r"\b(?P<row>\w+)\.(?P<relation>\w+)\.(?:all|count|first|exists)\b")


def queries_in_loops(project: Project, _limit: int) -> Iterator[Violation]:
    """Find queries of Django that run once for each row of a loop."""
    for module in project.modules_with("objects"):
        in_loops = [(call, place) for call, place in module.index.calls if place.loops]
        asked = [(call, place, model) for call, place in in_loops if (model := _model_asked(call))]
        if not asked or "/management/commands/" in module.path:
            continue
        allowed = _changes(module) | _remembered(module) | _united(module)
        for call, place, model in asked:
            if id(call) not in allowed and _asks_for_row(call, place.loops[-1]):
                message = f"{model}.objects runs a query for each row of the loop"
                yield Violation(module.path, message, call.lineno, place.within(model))
    yield from _templates(project)


def _changes(module: Module) -> set[int]:
    """Return the calls whose rows a call that follows changes or locks."""
    return {
        id(before)
        for call, _ in module.index.calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in CHANGES
        for before in _chain(call.func.value)
    }


def _chain(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a call, and those that it is made on."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield node
        node = node.func.value


def _remembered(module: Module) -> set[int]:
    """Return the calls that fill a cache where it lacks a key: `if key not in cache`."""
    return {
        id(part)
        for node, place in module.index.assigns
        if place.unless and isinstance(node, ast.Assign) and node.value
        for target in node.targets
        if isinstance(target, ast.Subscript) and ast.unparse(target.value) == place.unless
        for part in ast.walk(node.value)
    }


def _united(module: Module) -> set[int]:
    """Return the calls that only add to a query that runs later: `posts |= …`."""
    return {
        id(call)
        for node, _ in module.index.assigns
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.BitOr | ast.BitAnd)
        for call in _chain(node.value)
    }


def _model_asked(call: ast.Call) -> str:
    """Return the model of `Model.objects.get(…)`; empty for other calls."""
    func = call.func
    if not isinstance(func, ast.Attribute) or func.attr not in READS:
        return ""
    *model, manager = dotted(func.value).split(".")
    return model[-1] if model and manager == "objects" and model[-1][:1].isupper() else ""


def _asks_for_row(call: ast.Call, loop: Loop) -> bool:
    """Return whether a query depends on the row of the loop around it, and not on a batch."""
    if _is_fixed(loop):
        return False
    names = set()
    for target in _targets(loop):
        names |= {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}
    for word in call.keywords:
        if (word.arg or "").endswith("__in"):
            return False
    used = {
        node.id
        for part in (*call.args, *(word.value for word in call.keywords))
        for node in ast.walk(part)
        if isinstance(node, ast.Name)
    }
    return bool(names & used)


def _is_fixed(loop: Loop) -> bool:
    """Return whether a loop is over what the source or the settings list, or streams its rows."""
    rows = loop.iter if isinstance(loop, ast.For | ast.AsyncFor) else loop.generators[0].iter
    if isinstance(rows, ast.Call) and isinstance(rows.func, ast.Attribute):
        if rows.func.attr == "iterator":  # one of a batch job, which may take its time
            return True
        if rows.func.attr in ("items", "keys", "values"):
            rows = rows.func.value
    if isinstance(rows, ast.Call):
        return dotted(rows.func) == "range"
    constant = dotted(rows).rpartition(".")[2]
    return isinstance(rows, ast.List | ast.Tuple | ast.Set | ast.Dict) or constant.isupper()


def _targets(loop: Loop) -> list[ast.expr]:
    if isinstance(loop, ast.For | ast.AsyncFor):
        return [loop.target]
    return [one.target for one in loop.generators]


def _templates(project: Project) -> Iterator[Violation]:
    """Find relations that a template follows in a loop, and that no query prefetches."""
    relations, loaded = _relations(project), _prefetched(project)
    if not relations:
        return
    for template in project.templates:
        if "{% for" not in template.text and "{%- for" not in template.text:
            continue
        for line, row, relation in _followed(template.text):
            if relation in relations and relation not in loaded:
                message = f"{row}.{relation} is asked once for each {row}; no query prefetches it"
                hint = f'load it with the rows: .prefetch_related("{relation}")'
                yield Violation(template.path, message, line, f"{row}.{relation}", hint)


def _followed(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the relations of the rows of a template's loops."""
    rows: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        for found in LOOP.finditer(line):
            if found["end"]:
                rows[-1:] = []
                continue
            row, _, relation = found["rows"].partition(".")
            if row in rows and relation.endswith(".all"):
                yield number, row, relation.removesuffix(".all")
            rows.append(found["names"].rpartition(",")[2].strip())
        rest = LOOP.sub("", line)
        for followed in RELATION.finditer(rest):
            if followed["row"] in rows:
                yield number, followed["row"], followed["relation"]


def _relations(project: Project) -> set[str]:
    """Return the names by which rows of Django's models lead to many others."""
    found = set()
    for model in project.classes.django.values():
        for statement in model.node.body:
            if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
                continue
            kind = dotted(statement.value.func).rpartition(".")[2]
            if kind == "ManyToManyField":
                found |= set(map(dotted, statement.targets))
            if kind in ("ForeignKey", "ManyToManyField"):
                given = string(keyword(statement.value, "related_name"))
                found.add(given or f"{model.node.name.lower()}_set")
    return found - {""}


def _prefetched(project: Project) -> set[str]:
    """Return every word of a string in a module that prefetches."""
    words = set()
    for module in project.modules_with("prefetch_related"):
        for one in module.index.strings:
            words |= set(_parts(one))
    return words


def _parts(one: ast.Constant) -> list[str]:
    return one.value.split("__") if isinstance(one.value, str) and len(one.value) < PROSE else []


RULES = (
    Rule(
        "SCF303",
        "query-in-loop",
        Level.WARNING,
        Scope.SYMBOL,
        "A query runs once for each row of a loop.",
        "A page with a hundred rows runs a hundred and one queries. In Django each one has to name "
        "its joins, which is easily forgotten.",
        "Run one query before the loop: `select_related`, `prefetch_related`, `in_bulk` or `__in`.",
        queries_in_loops,
        advice="A6",
        bad="for line in lines:\n    product = Product.objects.get(pk=line.product_id)\n",
        good='for line in lines.select_related("product"):\n    product = line.product\n',
    ),
)

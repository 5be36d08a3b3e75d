"""The structure of Python: imports, definitions, assignments, statements."""

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Collection, Sequence
from functools import lru_cache

from scaffold.merge.blocks import Block, Body, Language

ANNOTATION = re.compile(r"[\w.\[\], |]+")  # or a name in __all__
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@lru_cache(maxsize=8)
def parse(text: str) -> ast.Module | None:
    """Return the syntax tree of a module, or None where it has a syntax error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape of the user's is not our business
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def outline(text: str) -> Body | None:
    """Return the top-level blocks of a module."""
    module = parse(text)
    if module is None or "\r" in text:
        return None
    if not module.body:
        return Body("", (), text)
    lines = text.split("\n")
    lines = [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    body = _Lines(lines).body(module.body, 0, len(lines))
    return body if body and body.text == text else None


class _Lines:
    """The lines of a module, cut at its statements."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def body(self, statements: Sequence[ast.stmt], start: int, end: int) -> Body | None:
        """Return the blocks of statements between two lines."""
        blocks: list[Block] = []
        place = start
        for statement in statements:
            first, last = first_line(statement), self._last(statement, end)
            if first < place:  # two statements on one line
                return None
            blocks.append(self._block(statement, place, first, last))
            place = last
        return Body("", tuple(blocks), self.text(place, end))

    def text(self, start: int, end: int) -> str:
        """Return lines as text."""
        return "".join(self.lines[start:end])

    def _block(self, statement: ast.stmt, place: int, first: int, last: int) -> Block:
        key, named = statement_key(statement)
        return Block(
            key,
            exact_key(self.text(first, last)),
            self.text(place, first),
            self.text(first, last),
            named,
            self._inner(statement, first, last),
        )

    def _inner(self, statement: ast.stmt, first: int, last: int) -> Body | None:
        if not isinstance(statement, DEFINITIONS):
            return None
        start = self._lead_start(first_line(statement.body[0]), first)
        if start < statement.lineno:  # the body stands on the line of the header
            return None
        inner = self.body(statement.body, start, last)
        if inner is None:
            return None
        ordered = not isinstance(statement, ast.ClassDef)
        return Body(self.text(first, start), inner.blocks, inner.tail, ordered)

    def _lead_start(self, first: int, limit: int) -> int:
        """Return where the blank lines and comments above a line begin."""
        while first > limit and self._is_comment(first - 1):
            first -= 1
        return first

    def _is_comment(self, line: int) -> bool:
        text = self.lines[line].strip()
        return not text or text.startswith("#")

    def _last(self, statement: ast.stmt, end: int) -> int:
        """Return where a statement ends, comments that are indented as its body included."""
        last = place = statement.end_lineno or statement.lineno
        while place < end and self._is_comment(place):
            text = self.lines[place]
            place += 1
            if text.strip() and len(text) - len(text.lstrip()) <= statement.col_offset:
                break
            if text.strip():
                last = place
        return last


def first_line(statement: ast.stmt) -> int:
    """Return the index of the first line of a statement, decorators included."""
    lines = [statement.lineno]
    if isinstance(statement, DEFINITIONS):
        lines += [decorator.lineno for decorator in statement.decorator_list]
    return min(lines) - 1


def statement_key(statement: ast.stmt) -> tuple[str, bool]:
    """Return what identifies a statement, and whether it is a name."""
    key = ""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            key = ".".join([name, *_accessors(statement.decorator_list)])
        case ast.ClassDef(name=name):
            key = name
        case ast.Assign(targets=[target]) | ast.AnnAssign(target=target):
            key = ast.unparse(target)
        case ast.AugAssign(target=target):
            key = f"{ast.unparse(target)} +="
        case ast.ImportFrom(module=module, level=level):
            key = f"from {'.' * level}{module or ''}"
        case ast.If(test=test):
            key = f"if {ast.unparse(test)}"
        case ast.Expr(value=ast.Constant(value=str())):
            key = "docstring"
    return key or ast.unparse(statement), bool(key)


def exact_key(code: str) -> str:
    """Return what identifies a statement by its content."""
    return " ".join(code.split())


def _accessors(decorators: Sequence[ast.expr]) -> list[str]:
    """Return `setter` or `deleter` for what shares its name with a property."""
    return [
        decorator.attr
        for decorator in decorators
        if isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "deleter")
    ]


def equivalent(first: str, second: str) -> bool:
    """Return whether two pieces of code are the same but for their layout."""
    trees = [parse(indented(text)) for text in (first, second)]
    if None in trees or ast.dump(trees[0]) != ast.dump(trees[1]):  # type: ignore[arg-type]
        return False
    return code_comments(first) == code_comments(second)


def indented(code: str) -> str:
    """Return code so that it parses, wherever in a module it stands."""
    return f"if 1:\n{code}" if code[:1] in (" ", "\t") else code


def code_comments(code: str) -> list[str]:
    """Return the comments in code."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(indented(code)).readline))
    except (tokenize.TokenError, SyntaxError):
        return [code]
    return [token.string.rstrip() for token in tokens if token.type == tokenize.COMMENT]


def missing(base: str, yours: str, theirs: str, merged: str) -> frozenset[str]:
    """Return the imports that one side removed while the other still needs them."""
    was, new = imports(base), imports(merged)
    sides = imports(yours) | imports(theirs)
    lost = {name: key for name, key in was.items() if name not in new and name in sides}
    if not lost:
        return frozenset()
    used = used_names(merged)
    keys = [key for name, keys in lost.items() if name in used for key in keys]
    return frozenset(keys)


def imports(text: str) -> dict[str, tuple[str, ...]]:
    """Return the names that top-level imports bind, with the keys of what imports them."""
    module, lines = parse(text), text.split("\n")
    names: dict[str, tuple[str, ...]] = {}
    for statement in module.body if module else ():
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                bound = alias.asname or alias.name.partition(".")[0]
                names[bound] = (ast.unparse(statement),)
        elif isinstance(statement, ast.ImportFrom):
            key, _ = statement_key(statement)
            source = "\n".join(lines[statement.lineno - 1 : statement.end_lineno])
            exact = f"={exact_key(source)}"
            for alias in statement.names:
                names[alias.asname or alias.name] = (key, exact, f"{key} {ast.unparse(alias)}")
    return names


def used_names(text: str) -> set[str]:
    """Return the names that a module uses, those in strings included."""
    module = parse(text)
    names: set[str] = set()
    for node in ast.walk(module) if module else ():
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Constant) and ANNOTATION.fullmatch(str(node.value)):
            names.update(re.findall(r"\w+", str(node.value)))
    return names


def refine(base: str, yours: str, theirs: str, needed: Collection[str]) -> str:
    """Merge a statement whose value is a literal, a call or a list of imported names.

    Raises:
        NotMergeableError: it has another shape, or both sides changed the same part.
    """
    from scaffold.merge.python_elements import merge_statement

    return merge_statement(base, yours, theirs, needed)


PYTHON = Language(outline, equivalent, refine, lambda text: parse(text) is not None, missing)

"""The elements of Python literals, calls and imports."""

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from scaffold.merge.blocks import NotMergeableError
from scaffold.merge.elements import Element, Elements, Layout, merge_elements, split_gaps
from scaffold.merge.python import equivalent, indented, parse

BRACKETED = (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Call)
WRAPPERS = {"dict": ("{", "}"), "call": ("f(", ")")}


def merge_statement(base: str, yours: str, theirs: str, needed: Collection[str] = ()) -> str:
    """Merge three versions of a statement by the elements of its value.

    Raises:
        NotMergeableError: it has no such value, or both sides changed the same part.
    """
    was, mine, new = (split_statement(code) for code in (base, yours, theirs))
    prefix = f"{was.kind} " if was.kind.startswith("from ") else ""
    names = frozenset(key.removeprefix(prefix) for key in needed if key.startswith(prefix))
    return merge_elements(was, mine, new, merge_nested, names)


def merge_nested(kind: str, base: str, yours: str, theirs: str) -> str:
    """Merge three versions of one element by the elements within."""
    if equivalent_element(kind, base, yours):
        return theirs
    if equivalent_element(kind, base, theirs):
        return yours
    was, mine, new = (split_element(kind, part) for part in (base, yours, theirs))
    return merge_elements(was, mine, new, merge_nested)


def equivalent_element(kind: str, first: str, second: str) -> bool:
    """Return whether two elements are the same but for their layout."""
    opening, closing = WRAPPERS.get(kind, ("(", ")"))
    return equivalent(f"{opening}{first}\n{closing}", f"{opening}{second}\n{closing}")


def split_statement(code: str) -> Elements:
    """Return the elements of a statement's value."""
    wrapped = indented(code)
    module = parse(wrapped)
    if module is None:
        raise NotMergeableError
    statement = module.body[0]
    if wrapped is not code and isinstance(statement, ast.If):
        statement = statement.body[0]
    source = _Source(wrapped, len(wrapped) - len(code))
    if isinstance(statement, ast.ImportFrom):
        return source.imported(statement)
    value = getattr(statement, "value", None)
    if not isinstance(value, BRACKETED):
        raise NotMergeableError
    indent = code[: len(code) - len(code.lstrip())]
    return source.bracketed(value, indent)


def split_element(kind: str, text: str) -> Elements:
    """Return the elements within one element."""
    opening, closing = WRAPPERS.get(kind, ("(", ")"))
    module = parse(f"{opening}{text}\n{closing}")
    if module is None or not isinstance(module.body[0], ast.Expr):
        raise NotMergeableError
    node: ast.expr = module.body[0].value
    if kind == "dict" and isinstance(node, ast.Dict):
        node = node.values[0]
    elif kind == "call" and isinstance(node, ast.Call):
        node = node.keywords[0].value if node.keywords else node.args[0]
    if not isinstance(node, BRACKETED) or (isinstance(node, ast.Tuple) and kind in ("list", "set")):
        raise NotMergeableError
    source = _Source(f"{opening}{text}\n{closing}", len(opening), len(closing) + 1)
    last = text.rsplit("\n", 1)[-1]
    return source.bracketed(node, last[: len(last) - len(last.lstrip())])


class _Source:
    """A source in bytes, as positions in a syntax tree count bytes."""

    def __init__(self, text: str, skip: int = 0, skip_end: int = 0) -> None:
        self.bytes = text.encode()
        self.skip = skip  # ASCII that was put before
        self.end = len(self.bytes) - skip_end
        self.lines = [0]
        for line in self.bytes.split(b"\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)

    def start_of(self, node: ast.expr | ast.keyword | ast.alias) -> int:
        """Return the offset of the first byte of a node."""
        return self.lines[node.lineno - 1] + node.col_offset

    def end_of(self, node: ast.expr | ast.keyword | ast.alias) -> int:
        """Return the offset after the last byte of a node."""
        if node.end_lineno is None or node.end_col_offset is None:
            raise NotMergeableError
        return self.lines[node.end_lineno - 1] + node.end_col_offset

    def text(self, start: int, end: int) -> str:
        """Return a part of the source."""
        return self.bytes[start:end].decode()

    def bracketed(self, node: ast.expr, indent: str) -> Elements:
        """Return the elements of a literal or a call."""
        opening = self.start_of(node)
        if isinstance(node, ast.Call):
            opening = self.end_of(node.func)
        closing = self.end_of(node) - 1
        if self.bytes[opening : opening + 1] not in (b"(", b"[", b"{"):
            raise NotMergeableError
        kind = type(node).__name__.lower()
        return self._elements(kind, self._parts(node), (opening, closing), indent)

    def imported(self, node: ast.ImportFrom) -> Elements:
        """Return the names of an import; they have brackets only where they need several lines."""
        parts = [
            _Part(ast.unparse(alias), True, self.start_of(alias), self.end_of(alias))
            for alias in node.names
        ]
        if parts[0].key == "*":
            raise NotMergeableError
        kind = f"from {'.' * node.level}{node.module or ''}"
        first, last = parts[0].start, parts[-1].end
        keyword = self.bytes.rfind(b"import", 0, first) + len("import")
        opening = self.bytes.find(b"(", keyword, first)
        if opening >= 0:
            closing = self.bytes.find(b")", last, self.end)
            elements = self._elements(kind, parts, (opening, closing), "")
            return replace(elements, brackets=("(", ")"), bare=True)
        gaps = split_gaps(self.text(first, last), [(p.start - first, p.end - first) for p in parts])
        if gaps.layout is not Layout.LINE:
            raise NotMergeableError
        before, after = self.text(self.skip, keyword), self.text(last, self.end)
        items = tuple(self._element(part) for part in parts)
        return Elements(
            kind, f"{before} ", ("(", ")"), after, items, Layout.LINE, indent="    ", bare=True
        )

    def _elements(
        self, kind: str, parts: "Sequence[_Part]", brackets: tuple[int, int], indent: str
    ) -> Elements:
        opening, closing = brackets
        inner = self.text(opening + 1, closing)
        start = opening + 1
        spans = [
            (len(self.text(start, part.start)), len(self.text(start, part.end))) for part in parts
        ]
        gaps = split_gaps(inner, spans)
        items = tuple(
            replace(self._element(part), lead=lead, comment=comment)
            for part, lead, comment in zip(parts, gaps.leads, gaps.comments, strict=True)
        )
        lines = gaps.layout is Layout.LINES
        return Elements(
            kind,
            self.text(self.skip, opening),
            (self.text(opening, start), self.text(closing, closing + 1)),
            self.text(closing + 1, self.end),
            items,
            gaps.layout,
            gaps.indent if lines else f"{indent}    ",
            gaps.closing if lines else indent,
            gaps.tail,
        )

    def _element(self, part: "_Part") -> Element:
        text = self.text(part.start, part.end)
        return Element(part.key, text, text, named=part.named)

    def _parts(self, node: ast.expr) -> "list[_Part]":
        if isinstance(node, ast.Dict):
            return [
                self._pair(key, value) for key, value in zip(node.keys, node.values, strict=True)
            ]
        if isinstance(node, ast.Call):
            positions = [
                _Part(f"#{place}", True, self.start_of(value), self.end_of(value))
                for place, value in enumerate(node.args)
            ]
            return positions + [
                _Part(keyword.arg or "**", True, self.start_of(keyword), self.end_of(keyword))
                for keyword in node.keywords
            ]
        items = node.elts if isinstance(node, ast.List | ast.Tuple | ast.Set) else []
        return [_Part(*element_key(item), self.start_of(item), self.end_of(item)) for item in items]

    def _pair(self, key: ast.expr | None, value: ast.expr) -> "_Part":
        if key is None:  # **value
            start = self.bytes.rfind(b"**", 0, self.start_of(value))
            return _Part(f"**{ast.unparse(value)}", False, start, self.end_of(value))
        return _Part(ast.unparse(key), True, self.start_of(key), self.end_of(value))


@dataclass(frozen=True)
class _Part:
    """A part of a source that is an element."""

    key: str
    named: bool
    start: int
    end: int


def element_key(item: ast.expr) -> tuple[str, bool]:
    """Return what identifies an element of a list, and whether it keeps that when it changes.

    Raises:
        NotMergeableError: it has its meaning by its position.
    """
    match item:
        case ast.Constant(value=str()) | ast.Name() | ast.Attribute():
            return ast.unparse(item), True
        case ast.Constant():
            raise NotMergeableError
        case ast.Dict(keys=[ast.Constant() as key, *_], values=[ast.Constant() as value, *_]):
            return f"{{{ast.unparse(key)}: {ast.unparse(value)}", True
        case ast.Tuple(elts=[ast.Constant() as first, *_]):
            return f"({ast.unparse(first)}", True
        case ast.Call(func=func, args=[ast.Constant() as first, *_]):
            return f"{ast.unparse(func)}({ast.unparse(first)}", True
    return ast.unparse(item), False

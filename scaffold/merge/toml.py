"""The structure of TOML: tables, keys, arrays."""

import re
import tomllib
from collections.abc import Collection, Iterator

from scaffold.merge.blocks import Block, Body, Language, NotMergeableError
from scaffold.merge.elements import Element, Elements, Layout, merge_elements, split_gaps

REQUIREMENT = re.compile(r"""["']([A-Za-z0-9][\w.-]*)\s*(?:\[[^]]*\])?\s*(?:[<>=!~;@].*)?["']""")
KEY = re.compile(r"\s*(?P<key>[^=]+?)\s*=\s*")


def valid(text: str) -> bool:
    """Return whether a text is TOML."""
    try:
        tomllib.loads(text)
    except ValueError:
        return False
    return True


def outline(text: str) -> Body | None:
    """Return the tables of a document, with their keys."""
    if not text.strip() or not valid(text):
        return None
    tables: list[tuple[Block, list[Block]]] = []
    top: list[Block] = []
    lead = ""
    for statement in _statements(text):
        if not statement.strip() or statement.lstrip().startswith("#"):
            lead += statement
            continue
        if statement.lstrip().startswith("["):
            name = statement.partition("#")[0].strip()
            tables.append((Block(name, name, lead, statement), []))
        else:
            key = _key(statement)
            blocks = tables[-1][1] if tables else top
            blocks.append(Block(key, f"{key} {statement.strip()}", lead, statement))
        lead = ""
    return Body("", (*top, *(_table(table, keys) for table, keys in tables)), lead)


def _table(header: Block, keys: list[Block]) -> Block:
    inner = Body(header.code, tuple(keys))
    first = keys[0].code.strip() if keys else ""
    key = f"{header.key} {first}" if header.key.startswith("[[") else header.key
    return Block(key, f"{key} {inner.text}", header.lead, inner.text, body=inner)


def _statements(text: str) -> Iterator[str]:
    """Yield the lines of a document; a value over several lines is one."""
    run = ""
    for line in re.findall(r"[^\n]*\n|[^\n]+$", text):
        run += line
        if not run.strip() or run.lstrip()[0] in "#[" or valid(run):
            yield run
            run = ""


def _key(statement: str) -> str:
    found = KEY.match(statement)
    return found["key"] if found else statement


def equivalent(first: str, second: str) -> bool:
    """Return whether two texts are the same document but for their layout."""
    if "#" in first + second or not (valid(first) and valid(second)):
        return False
    return tomllib.loads(first) == tomllib.loads(second)


def refine(base: str, yours: str, theirs: str, needed: Collection[str] = ()) -> str:
    """Merge an array or an inline table by its elements.

    Raises:
        NotMergeableError: it is neither, or both sides changed the same part.
    """
    was, mine, new = (_split(code) for code in (base, yours, theirs))
    return merge_elements(was, mine, new, _nested, needed)


def _nested(_kind: str, base: str, yours: str, theirs: str) -> str:
    if not all(KEY.match(text) for text in (base, yours, theirs)):
        raise NotMergeableError
    return refine(base, yours, theirs)


def _split(code: str) -> Elements:
    found = KEY.match(code)
    start = found.end() if found else 0
    if code[start : start + 1] not in ("[", "{"):
        raise NotMergeableError
    kind = "array" if code[start] == "[" else "table"
    spans, end = _spans(code, start + 1)
    inner = code[start + 1 : end]
    gaps = split_gaps(inner, [(first - start - 1, last - start - 1) for first, last in spans])
    items = []
    for (first, last), lead, comment in zip(spans, gaps.leads, gaps.comments, strict=True):
        text = code[first:last]
        key, named = _element_key(kind, text)
        items.append(Element(key, text, text, lead, comment, named))
    lines = gaps.layout is Layout.LINES
    spaced = kind == "table" or inner.startswith(" ")
    opening, closing = ("{ ", " }") if spaced and kind == "table" else (code[start], code[end])
    return Elements(
        kind,
        code[:start],
        (opening, closing),
        code[end + 1 :],
        tuple(items),
        gaps.layout,
        gaps.indent if lines else "    " if kind == "array" else "",
        gaps.closing,
        gaps.tail,
    )


def _element_key(kind: str, text: str) -> tuple[str, bool]:
    if kind == "table":
        return _key(text), True
    requirement = REQUIREMENT.fullmatch(text)
    if requirement:
        return requirement[1].lower().replace("_", "-"), True
    if not text.startswith(("'", '"', "{")):
        raise NotMergeableError  # a number has its meaning by its position
    return text, text.startswith(("'", '"'))


def _spans(code: str, start: int) -> tuple[list[tuple[int, int]], int]:
    """Return where the elements after a bracket are, and where its closing bracket is."""
    spans: list[tuple[int, int]] = []
    depth, first, last = 0, -1, -1
    for token in TOKEN.finditer(code, start):
        text = token[0]
        if text.isspace() or text.startswith("#"):
            continue
        if text == "," and not depth:
            spans.append((first, last))
            first = -1
            continue
        if text in "]}" and not depth:
            if first >= 0:
                spans.append((first, last))
            return spans, token.start()
        depth += (text in "[{") - (text in "]}")
        first = token.start() if first < 0 else first
        last = token.end()
    raise NotMergeableError


TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|' + r"'''.*?'''|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'|"
    r"\#[^\n]*|\s+|[\[\]{},]|[^\s\[\]{},#\"']+",
    re.DOTALL,
)
TOML = Language(outline, equivalent, refine, valid)

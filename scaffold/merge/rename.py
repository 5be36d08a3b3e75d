"""Renames within a file: a definition in Python and its uses, a key in TOML."""

import ast
import re
from collections.abc import Iterable, Iterator

from scaffold.merge.python import parse
from scaffold.merge.toml import outline


def rename_definition(text: str, old: str, new: str) -> str:
    """Rename a top-level definition and its uses in the same file."""
    module = parse(text)
    if module is None or new in _bound(module) or old not in _bound(module):
        return text
    return _replace(text, old, new, _uses(module, old))


def rename_imported(text: str, module: str, package: str, names: tuple[str, str]) -> str:
    """Rename a name where a file imports it from a module, and its uses there.

    Args:
        text: the file.
        module: the dotted name of the module that defines it.
        package: the dotted name of the file's package, for relative imports.
        names: the name before and after.
    """
    old, new = names
    tree = parse(text)
    if tree is None:
        return text
    places: list[tuple[int, int]] = []
    local = False
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and _origin(node, package) == module:
            for alias in node.names:
                if alias.name == old:
                    places.append((alias.lineno, alias.col_offset))
                    local = local or alias.asname is None
    if local:
        places += _uses(tree, old)
    return _replace(text, old, new, places)


def rename_key(text: str, old: str, new: str) -> str:
    """Rename a dotted key of a TOML document, within its table or into another."""
    body = outline(text)
    if body is None:
        return text
    table, _, key = old.rpartition(".")
    new_table, _, new_key = new.rpartition(".")
    header = re.compile(rf"^\[\s*{re.escape(table)}\s*\]") if table else None
    parts, moved, inside = [], "", header is None
    for block in body.blocks:
        pieces = block.body.blocks if block.body else (block,)
        parts.append(block.lead + block.body.head if block.body else "")
        if block.body:
            inside = bool(header and header.match(block.code))
        for piece in pieces:
            if inside and piece.key == key:
                line = re.sub(rf"^(\s*){re.escape(key)}\b", rf"\g<1>{new_key}", piece.code)
                if new_table != table:
                    moved += piece.lead + line
                    continue
                parts.append(piece.lead + line)
            else:
                parts.append(piece.text)
    result = "".join(parts) + body.tail
    return _into_table(result, new_table, moved) if moved else result


def _into_table(text: str, table: str, lines: str) -> str:
    header = re.compile(rf"^\[\s*{re.escape(table)}\s*\][^\n]*\n", re.MULTILINE)
    if header.search(text):
        return header.sub(lambda found: found[0] + lines, text, count=1)
    return f"{text.rstrip()}\n\n[{table}]\n{lines}"


def _bound(module: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def _uses(module: ast.Module, name: str) -> Iterator[tuple[int, int]]:
    """Yield where a name is used or defined, as lines and columns in bytes."""
    for node in ast.walk(module):
        match node:
            case (
                ast.Name(id=used)
                | ast.FunctionDef(name=used)
                | ast.AsyncFunctionDef(name=used)
                | ast.ClassDef(name=used)
            ) if used == name:
                yield node.lineno, node.col_offset


def _origin(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".") if package else []
    kept = parts[: len(parts) - node.level + 1]
    return ".".join([*kept, *([node.module] if node.module else [])])


def _replace(text: str, old: str, new: str, places: Iterable[tuple[int, int]]) -> str:
    lines = text.encode().split(b"\n")
    word = re.compile(rb"\b" + old.encode() + rb"\b")
    for number, column in sorted(set(places), reverse=True):
        line = lines[number - 1]
        lines[number - 1] = line[:column] + word.sub(new.encode(), line[column:], count=1)
    return b"\n".join(lines).decode()

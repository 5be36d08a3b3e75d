"""Parse resources and fields; every error points at a character."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from scaffold.errors import did_you_mean
from scaffold.model.fields.arguments import read_arguments
from scaffold.model.fields.model import FLAGS, TYPES, Field, Resource
from scaffold.model.fields.name_rules import (
    field_name_problem,
    flag_problem,
    resource_name_problem,
    shown,
)
from scaffold.model.fields.scanner import Scanner

EXAMPLE = "for example Post: title:str(200) body:text?"
OTHER_NAMES = {
    "array": "json",
    "belongs_to": "ref",
    "boolean": "bool",
    "char": "str",
    "choice": "enum",
    "choices": "enum",
    "dict": "json",
    "double": "float",
    "fk": "ref",
    "foreignkey": "ref",
    "image": "url",
    "integer": "int",
    "jsonb": "json",
    "link": "url",
    "list": "json",
    "long": "bigint",
    "manytomany": "m2m",
    "many_to_many": "m2m",
    "money": "decimal",
    "number": "int",
    "numeric": "decimal",
    "reference": "ref",
    "references": "ref",
    "string": "str",
    "timestamp": "datetime",
    "varchar": "str",
}
WORD = re.compile(r"[^\s:()!?^#@,]*")
KIND = re.compile(r"\w*")
FLAG = re.compile(r"[^\s:()!?^#@,]*(\([^\s()]*\))?")
CONTRADICTIONS = {"optional": "at_least_one", "private": "owner", "hidden": "readonly"}


def parse_resource(text: str) -> Resource:
    """Parse a resource: `Post: title:str(200) body:text?`.

    Raises:
        GrammarError: the text is not in the grammar.
    """
    scanner = Scanner(text)
    scanner.skip_blanks()
    start = scanner.position
    name = scanner.take(WORD)
    if problem := resource_name_problem(name):
        raise scanner.error(*problem, at=start)
    scanner.skip_blanks()
    if scanner.peek() != ":":
        raise scanner.error(f"expected : after {name}", EXAMPLE)
    scanner.position += 1
    fields: list[Field] = []
    starts: list[int] = []
    scanner.skip_blanks()
    while scanner.peek():
        starts.append(scanner.position)
        fields.append(_field(scanner))
        scanner.skip_blanks()
    if not fields:
        raise scanner.error(f"{name} has no fields", EXAMPLE)
    _check_together(scanner, fields, starts)
    resource = Resource(name, tuple(fields))
    for field, start in zip(fields, starts, strict=True):
        if field.type == "slug" and (field.readonly or field.hidden) and not resource.label_field:
            raise scanner.error(
                f"{field.name} is made from the first str field, and there is none",
                "add one, for example title:str",
                at=start,
            )
    return resource


def parse_field(text: str, offset: int = 0) -> Field:
    """Parse a field: `title:str(200)`.

    Args:
        text: the field, or a longer text that ends with it.
        offset: where the field begins in the text.

    Raises:
        GrammarError: the text is not in the grammar.
    """
    scanner = Scanner(text, offset)
    scanner.skip_blanks()
    field = _field(scanner)
    scanner.skip_blanks()
    if scanner.peek():
        raise scanner.error("expected one field only", "write each field on its own")
    return field


def _field(scanner: Scanner) -> Field:
    start = scanner.position
    name = scanner.take(WORD)
    if problem := field_name_problem(name):
        raise scanner.error(*problem, at=start)
    if scanner.peek() != ":":
        raise scanner.error(f"{name} has no type", f"for example {name}:str")
    scanner.position += 1
    kind = _type(scanner, name)
    if kind in {"ref", "m2m"} and name.endswith(key := "_id" if kind == "ref" else "_ids"):
        raise scanner.error(
            f"{name} would be written as {name}{key}", f"for example {name[: -len(key)]}", at=start
        )
    return _flags(scanner, replace(Field(name, kind), **read_arguments(scanner, kind)))


def _type(scanner: Scanner, name: str) -> str:
    start = scanner.position
    kind = scanner.take(KIND)
    if kind in TYPES:
        return kind
    if not kind:
        raise scanner.error(f"{name} has no type", f"for example {name}:str", at=start)
    meant = OTHER_NAMES.get(kind.lower())
    hint = f"did you mean {meant}?" if meant else did_you_mean(kind[:40].lower(), TYPES)
    raise scanner.error(f"there is no type {shown(kind)}", hint, at=start)


def _flags(scanner: Scanner, field: Field) -> Field:
    found: dict[str, int] = {}
    while (char := scanner.peek()) and not char.isspace():
        start = scanner.position
        flag = _flag(scanner)
        if flag in found:
            raise scanner.error(f"{FLAGS[flag]} is given twice", "write each flag once", at=start)
        found[flag] = start
    for flag, start in found.items():
        if flag in CONTRADICTIONS and CONTRADICTIONS[flag] in found:
            other = FLAGS[CONTRADICTIONS[flag]]
            raise scanner.error(
                f"{other} and {FLAGS[flag]} contradict each other",
                "keep one of them",
                at=max(start, found[CONTRADICTIONS[flag]]),
            )
    flagged = replace(field, **_values(field, found))
    for flag, start in found.items():
        if problem := flag_problem(flagged, flag):
            raise scanner.error(*problem, at=start)
    if flagged.on_delete == "null" and not flagged.optional:
        raise scanner.error(
            f"{field.name} becomes NULL when its target is deleted, so it needs ?",
            f"for example {replace(flagged, optional=True)}",
        )
    return flagged


def _flag(scanner: Scanner) -> str:
    start = scanner.position
    char = scanner.peek()
    scanner.position += 1
    mark = char + (scanner.take(FLAG) if char == "@" else "")
    flag = next((flag for flag, known in FLAGS.items() if known == mark), "")
    if not flag:
        raise scanner.error(f"there is no flag {shown(mark)}", _flag_hint(mark), at=start)
    return flag


def _values(field: Field, flags: Iterable[str]) -> dict[str, Any]:
    """Return the attributes that flags set; a flag that repeats a default sets none."""
    values: dict[str, Any] = dict.fromkeys(flags, True)
    if field.type != "m2m":
        values.pop("at_least_one", None)
    else:
        values.pop("optional", None)
    return values | ({"owner": True} if "private" in values else {})


def _flag_hint(mark: str) -> str:
    if mark == ",":
        return "separate fields with spaces"
    if mark == "(":
        return "arguments come once, right after the type"
    if mark.startswith("@"):
        return did_you_mean(mark[:40], [known for known in FLAGS.values() if known[0] == "@"])
    return "flags: ? optional, ^ unique, # indexed, @owner, @owner(private), @readonly, @hidden"


def _check_together(scanner: Scanner, fields: list[Field], starts: list[int]) -> None:
    seen: dict[str, Field] = {}
    owner = ""
    for field, start in zip(fields, starts, strict=True):
        for key in dict.fromkeys((field.name, field.key())):
            if key in seen:
                raise scanner.error(_clash(field, seen[key], key), "rename one of them", at=start)
            seen[key] = field
        if field.owner and owner:
            raise scanner.error(
                f"{owner} and {field.name} are both the owner", "keep one @owner", at=start
            )
        owner = field.name if field.owner else owner


def _clash(field: Field, other: Field, key: str) -> str:
    if field.name == other.name:
        return f"there are two fields {field.name}"
    return f"{other.name} and {field.name} are both written as {key}"

"""Whether an OpenAPI document holds together: what tools that read it stumble over."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def problems(content: bytes) -> list[str]:
    """Say what is wrong with a document; nothing where it is sound.

    Version, title, references that lead somewhere, path parameters declared once and used,
    operation ids unique, responses present.
    """
    try:
        document = json.loads(content)
    except ValueError as error:
        return [f"no JSON: {error}"]
    if not isinstance(document, dict):
        return ["no JSON object"]
    return [*_head(document), *_references(document, document), *_paths(document)]


def _head(document: Mapping[str, Any]) -> Iterator[str]:
    if not re.fullmatch(r"3\.[01]\.\d+", str(document.get("openapi", ""))):
        yield f"its version is {document.get('openapi')!r}, not 3.0 or 3.1"
    info = document.get("info")
    for key in ("title", "version"):
        if not isinstance(info, dict) or not info.get(key):
            yield f"info has no {key}"
    if not isinstance(document.get("paths"), dict):
        yield "it has no paths"


def _references(document: Mapping[str, Any], part: object) -> Iterator[str]:
    if isinstance(part, dict):
        target = part.get("$ref")
        if isinstance(target, str) and _resolve(document, target) is None:
            yield f"{target} leads nowhere"
        for value in part.values():
            yield from _references(document, value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(document, value)


def _resolve(document: object, reference: str) -> object:
    if not reference.startswith("#/"):
        return None
    found: object = document
    for key in reference.removeprefix("#/").split("/"):
        name = key.replace("~1", "/").replace("~0", "~")
        if not isinstance(found, dict) or name not in found:
            return None
        found = found[name]
    return found


def _paths(document: Mapping[str, Any]) -> Iterator[str]:
    seen: dict[str, str] = {}
    paths = document.get("paths")
    for path, item in (paths if isinstance(paths, dict) else {}).items():
        if not path.startswith("/"):
            yield f"path {path} does not begin with a slash"
        for method in METHODS:
            operation = item.get(method) if isinstance(item, dict) else None
            if operation is None:
                continue
            where = f"{method.upper()} {path}"
            if not operation.get("responses"):
                yield f"{where} has no responses"
            if name := operation.get("operationId"):
                if name in seen:
                    yield f"{where} and {seen[name]} are both {name}"
                seen[name] = where
            yield from _parameters(document, path, where, [
                *item.get("parameters", []), *operation.get("parameters", [])])  # fmt: skip


def _parameters(
    document: Mapping[str, Any], path: str, where: str, parameters: list[Any]
) -> Iterator[str]:
    declared: set[str] = set()
    for parameter in parameters:
        found = _resolve(document, parameter["$ref"]) if "$ref" in parameter else parameter
        if isinstance(found, dict) and found.get("in") == "path":
            declared.add(str(found.get("name")))
            if found.get("required") is not True:
                yield f"{where}: path parameter {found.get('name')} is not required"
    named = set(re.findall(r"\{([^}]+)\}", path))
    if named != declared:
        yield f"{where}: the path names {sorted(named)}, the parameters {sorted(declared)}"

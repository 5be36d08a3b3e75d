"""Parsed files, remembered by content in the user's cache directory."""

import ast
import pickle
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

from scaffold.checks import module as module_source
from scaffold.checks.module import Module
from scaffold.rendering import cache


def recall(modules: Sequence[Module]) -> list[Module]:
    """Return modules, with what an earlier run has parsed."""
    keys = [_key(module) for module in modules]
    known = cache.get_many(keys)
    return [
        _with_parsed(module, known[key]) if key in known else module
        for module, key in zip(modules, keys, strict=True)
    ]


def remember(modules: Iterable[Module]) -> None:
    """Store what this run has parsed for the next one."""
    packed = {}
    for module in modules:
        if module.parsed is None and "tree" in vars(module):
            with suppress(RecursionError):  # an expression of a thousand terms: parsed each time
                packed[_key(module)] = _pack(module)
    cache.set_many(packed)


def _key(module: Module) -> bytes:
    code = cache.source_digest(module_source.__file__)
    names = f"{module.name}\0{module.is_package}\0".encode()
    return sha256(code + names + module.text.encode()).digest()


def _pack(module: Module) -> bytes:
    for node in ast.walk(module.tree):  # no rule reads columns, and they are a fourth of the size
        vars(node).pop("col_offset", None)
        vars(node).pop("end_col_offset", None)
    return zlib.compress(pickle.dumps((module.tree, vars(module).get("index"))), 1)


def _with_parsed(module: Module, packed: bytes) -> Module:
    try:
        return replace(module, parsed=pickle.loads(zlib.decompress(packed)))  # noqa: S301 - as Python's own caches: written by us, for us
    except Exception:
        return module

"""Versions, as far as they are compared here: by their numbers."""

import re


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with, without zeros at the end.

    >>> numbers("3.12") > numbers("3.9.1")
    True
    """
    found = re.match(r"\d+(\.\d+)*", version)
    parts = [int(part) for part in found[0].split(".")] if found else []
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)

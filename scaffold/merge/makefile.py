"""The structure of a Makefile: its rules."""

import re
from collections.abc import Collection

from scaffold.merge.blocks import Block, Body, Language, NotMergeableError

RULE = re.compile(r"(?P<target>[^\s#:=][^#:=]*):(?!=)\s*(?P<rest>[^\n]*)")
VARIABLE = re.compile(r"(?:export\s+)?(?P<name>\w+)\s*(?:[:?+!]{0,2}=)")
DIRECTIVE = re.compile(r"\s*(?:if|else|endif|define|endef|-?include|sinclude)")


def outline(text: str) -> Body | None:
    """Return the rules of a Makefile; what is above the first one is merged by line."""
    head, blocks, lead = "", list[Block](), ""
    for line in text.splitlines(keepends=True):
        rule = RULE.match(line)
        if rule:
            key = _key(rule["target"].strip(), rule["rest"], line)
            blocks.append(Block(key, line, lead, line))
            lead = ""
        elif not blocks:
            head += line
        elif DIRECTIVE.match(line):
            return None
        elif line.startswith("\t") and not lead:
            blocks[-1] = _with_line(blocks[-1], line)
        else:
            lead += line
    return Body(head, tuple(blocks), lead) if blocks else None


def _key(target: str, rest: str, line: str) -> str:
    """Return what tells a rule from others: special targets and settings of a target repeat."""
    setting = VARIABLE.match(rest)
    if target.startswith("."):
        return line.strip()
    return f"{target} {setting['name']}" if setting else target


def _with_line(block: Block, line: str) -> Block:
    return Block(block.key, block.exact + line, block.lead, block.code + line)


def _refine(_base: str, _yours: str, _theirs: str, _needed: Collection[str]) -> str:
    raise NotMergeableError


MAKEFILE = Language(outline, str.__eq__, _refine, lambda _text: True)

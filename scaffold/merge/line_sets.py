"""Files whose lines are a set: ignore files, attributes, requirements, environments."""

import re
from collections.abc import Collection

from scaffold.merge.blocks import Block, Body, Language, NotMergeableError

NAMES = re.compile(
    r"\.(?:git|docker|npm|prettier)ignore|\.gitattributes|\.env(?:\.\w+)?|requirements[\w.-]*\.txt"
)
VARIABLE = re.compile(r"(?:export\s+)?([A-Za-z_]\w*)\s*=")


def outline(text: str) -> Body | None:
    """Return the lines of a file; comments belong to the line below them."""
    blocks: list[Block] = []
    lead = ""
    for line in text.split("\n")[:-1]:
        if not line.strip() or line.startswith("#"):
            lead += f"{line}\n"
            continue
        variable = VARIABLE.match(line)
        key = variable[1] if variable else line.strip()
        blocks.append(Block(key, line, lead, f"{line}\n"))
        lead = ""
    return Body("", tuple(blocks), lead)


def _refine(_base: str, _yours: str, _theirs: str, _needed: Collection[str]) -> str:
    raise NotMergeableError


LINE_SET = Language(outline, str.__eq__, _refine, lambda _text: True)

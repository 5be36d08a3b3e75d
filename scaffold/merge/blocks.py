"""Three-way merge of documents that are sequences of keyed blocks."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from scaffold.merge.sequence import merge_order, same_place
from scaffold.merge.text import Merged, conflict, ended, merge_text


class NotMergeableError(Exception):
    """Three versions that cannot be merged by their structure; merging by text may work."""


@dataclass(frozen=True)
class Block:
    """A part of a document, with what identifies it.

    Args:
        key: its name, if it has one.
        exact: a key for where the name is ambiguous: its content.
        lead: the blank lines and comments above it.
        code: its lines.
        named: whether a changed block keeps its key.
        body: its parts, if it has parts of its own.
    """

    key: str
    exact: str
    lead: str
    code: str
    named: bool = True
    body: "Body | None" = None

    @property
    def text(self) -> str:
        """The whole text."""
        return self.lead + self.code


@dataclass(frozen=True)
class Body:
    """A document, or a block seen as a document.

    Args:
        head: the lines before the first block.
        blocks: the parts.
        tail: the lines after the last block.
        ordered: whether the order of what both sides add matters.
    """

    head: str
    blocks: tuple[Block, ...]
    tail: str = ""
    ordered: bool = False

    @property
    def text(self) -> str:
        """The whole text."""
        return self.head + "".join(block.text for block in self.blocks) + self.tail


@dataclass(frozen=True)
class Language:
    """What a merge by structure has to know of a language.

    Args:
        outline: returns the blocks of a document; None where it has no structure to merge by.
        equivalent: whether two different texts mean the same, however they are laid out.
        refine: merges one block below the level of lines; raises NotMergeableError.
        valid: whether a document can be parsed.
        missing: the keys of blocks that a merged document needs and lacks.
    """

    outline: Callable[[str], Body | None]
    equivalent: Callable[[str, str], bool]
    refine: Callable[[str, str, str, Collection[str]], str]
    valid: Callable[[str], bool]
    missing: Callable[[str, str, str, str], frozenset[str]] = field(
        default=lambda _base, _yours, _theirs, _merged: frozenset()
    )


Triple = tuple[Block | None, Block | None, Block | None]


def merge_document(language: Language, base: str, yours: str, theirs: str) -> Merged:
    """Merge three versions of a document by their structure.

    Raises:
        NotMergeableError: one of them has none, or the result would not parse.
    """
    bodies = [language.outline(text) for text in (base, yours, theirs)]
    if None in bodies:
        raise NotMergeableError
    was, mine, new = (body for body in bodies if body is not None)
    merged = BlockMerge(language, frozenset()).bodies(was, mine, new)
    if merged.conflicts:
        return merged
    needed = language.missing(base, yours, theirs, merged.text)
    if needed:
        merged = BlockMerge(language, needed).bodies(was, mine, new)
    if not merged.conflicts and not language.valid(merged.text):
        raise NotMergeableError
    return merged


class BlockMerge:
    """One merge by structure.

    Args:
        language: the language of the document.
        needed: keys that are kept although one side removed them.
    """

    def __init__(self, language: Language, needed: frozenset[str]) -> None:
        self.language = language
        self.needed = needed

    def bodies(self, base: Body, yours: Body, theirs: Body) -> Merged:
        """Merge three bodies."""
        head = merge_text(base.head, yours.head, theirs.head)
        tail = merge_text(base.tail, yours.tail, theirs.tail)
        keys = block_keys(base.blocks, yours.blocks, theirs.blocks)
        was, mine, new = (
            dict(zip(names, body.blocks, strict=True))
            for names, body in zip(keys, (base, yours, theirs), strict=True)
        )
        if yours.ordered and same_place(*keys):
            raise NotMergeableError
        check_replaced(was, mine, new)
        parts = [head]
        parts += [
            self._block((was.get(key), mine.get(key), new.get(key)), key)
            for key in merge_order(*keys)
        ]
        parts.append(tail)
        text = "".join(ended(part.text) for part in parts[:-1]) + parts[-1].text
        return Merged(text, sum(part.conflicts for part in parts))

    def _block(self, triple: Triple, key: str) -> Merged:
        base, yours, theirs = triple
        if base and yours and theirs:
            return self._changed(base, yours, theirs, key)
        if self._same(yours, theirs) or self._same(base, theirs):
            kept = yours or (base if key in self.needed else None)
        elif self._same(base, yours):
            kept = theirs or (base if key in self.needed else None)
        else:
            return conflict(*(block.text if block else "" for block in triple))
        return Merged(kept.text if kept else "")

    def _same(self, first: Block | None, second: Block | None) -> bool:
        if first is None or second is None:
            return first is second
        return same_lead(first.lead, second.lead) and self._equivalent(first.code, second.code)

    def _equivalent(self, first: str, second: str) -> bool:
        return first == second or self.language.equivalent(first, second)

    def _unchanged(self, base: str, yours: str, theirs: str) -> str | None:
        """Return the code of the side that changed it, if only one did."""
        if self._equivalent(theirs, yours) or self._equivalent(theirs, base):
            return yours
        return theirs if self._equivalent(yours, base) else None

    def _changed(self, base: Block, yours: Block, theirs: Block, key: str) -> Merged:
        lead = merge_lead(base.lead, yours.lead, theirs.lead)
        if lead is None:
            return merge_text(base.text, yours.text, theirs.text)
        code = self._unchanged(base.code, yours.code, theirs.code)
        if code is not None and not any(name.startswith(f"{key} ") for name in self.needed):
            return Merged(lead + code)
        try:
            if base.body and yours.body and theirs.body:
                if yours.body.ordered:
                    return self._steps(base, yours, theirs, lead)
                merged = self.bodies(base.body, yours.body, theirs.body)
                return Merged(lead + merged.text, merged.conflicts)
            return Merged(
                lead + self.language.refine(base.code, yours.code, theirs.code, self.needed)
            )
        except NotMergeableError:
            return merge_text(base.text, yours.text, theirs.text)

    def _steps(self, base: Block, yours: Block, theirs: Block, lead: str) -> Merged:
        """Merge a sequence of steps: by line, and by statement only where the lines conflict."""
        whole = merge_text(base.text, yours.text, theirs.text)
        if not (whole.conflicts and base.body and yours.body and theirs.body):
            return whole
        merged = self.bodies(base.body, yours.body, theirs.body)
        return whole if merged.conflicts else Merged(lead + merged.text)


def block_keys(*versions: Sequence[Block]) -> list[list[str]]:
    """Return the keys of the blocks of three versions: names, where names are unambiguous.

    Raises:
        NotMergeableError: two blocks of one version cannot be told apart.
    """
    ambiguous = {
        key
        for blocks in versions
        for key, times in Counter(block.key for block in blocks).items()
        if times > 1
    }
    keys = [
        [f"={block.exact}" if block.key in ambiguous else block.key for block in blocks]
        for blocks in versions
    ]
    if any(len(set(names)) < len(names) for names in keys):
        raise NotMergeableError
    return keys


def check_replaced(
    base: dict[str, Block], yours: dict[str, Block], theirs: dict[str, Block]
) -> None:
    """Refuse where both sides may have changed the same nameless block.

    Raises:
        NotMergeableError: both removed one, and what they added instead differs.
    """
    removed = [
        key
        for key, block in base.items()
        if (not block.named or key.startswith("=")) and key not in yours and key not in theirs
    ]
    if not removed:
        return
    added = [
        {
            key
            for key, block in side.items()
            if (not block.named or key.startswith("=")) and key not in base
        }
        for side in (yours, theirs)
    ]
    if added[0] != added[1]:
        raise NotMergeableError


def same_lead(first: str, second: str) -> bool:
    """Return whether two leads have the same comments."""
    return comments(first) == comments(second)


def comments(lead: str) -> list[str]:
    """Return the lines of a lead that are not blank."""
    return [line.strip() for line in lead.splitlines() if line.strip()]


def merge_lead(base: str, yours: str, theirs: str) -> str | None:
    """Merge the comments above a block; None where they conflict."""
    if theirs == base:
        return yours
    if yours == base:
        return theirs
    if comments(theirs) in (comments(yours), comments(base)):
        return yours
    if comments(yours) == comments(base):
        return theirs
    merged = merge_text(base, yours, theirs)
    return None if merged.conflicts else merged.text

"""Three-way merge of what stands between two brackets: elements that are keyed, not positioned."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from scaffold.merge.blocks import NotMergeableError, merge_lead
from scaffold.merge.sequence import merge_order

WIDTH = 88  # ruff's and black's; wider where the file is wider


class Layout(Enum):
    """How elements are laid out."""

    LINE = 1  # all on one line
    LINES = 2  # each on a line of its own


@dataclass(frozen=True)
class Element:
    """One element.

    Args:
        key: what identifies it.
        exact: a key for where the first is ambiguous: its content.
        text: its source, without the comma.
        lead: the blank lines and comments above it, without indentation.
        comment: the comment behind it.
        named: whether a changed element keeps its key.
    """

    key: str
    exact: str
    text: str
    lead: str = ""
    comment: str = ""
    named: bool = True


@dataclass(frozen=True)
class Elements:
    """The elements between two brackets, and what is around them.

    Args:
        kind: what it is; only the same kinds merge.
        before: the source up to the opening bracket.
        brackets: the brackets.
        after: the source behind the closing bracket.
        items: the elements.
        layout: how they are laid out.
        indent: what stands before each element where each has its line.
        closing: what stands before the closing bracket there.
        tail: the comments after the last element, without indentation.
        bare: whether the brackets are there only where each element has its line.
    """

    kind: str
    before: str
    brackets: tuple[str, str]
    after: str
    items: tuple[Element, ...]
    layout: Layout
    indent: str = ""
    closing: str = ""
    tail: str = ""
    bare: bool = False

    def render(self, width: int) -> str:
        """Return the source."""
        if self.layout is Layout.LINE:
            line = self._line()
            if len(line.rstrip()) <= width or "\n" in line.rstrip() or not self.indent:
                return line
        opening, closing = self.brackets
        lines = [f"{self.before}{opening}"]
        for item in self.items:
            lines += _indented(item.lead, self.indent)
            comment = f"  {item.comment}" if item.comment else ""
            lines.append(f"{self.indent}{item.text},{comment}")
        lines += _indented(self.tail, self.indent)
        return "\n".join([*lines, f"{self.closing}{closing}{self.after}"])

    def _line(self) -> str:
        opening, closing = ("", "") if self.bare else self.brackets
        comma = "," if self.kind == "tuple" and len(self.items) == 1 else ""
        inner = ", ".join(item.text for item in self.items)
        return f"{self.before}{opening}{inner}{comma}{closing}{self.after}"


Nested = Callable[[str, str, str, str], str]


def merge_elements(
    base: Elements,
    yours: Elements,
    theirs: Elements,
    nested: Nested,
    needed: Collection[str] = (),
) -> str:
    """Merge three versions of elements and return the source.

    Args:
        base: the version of the last template.
        yours: the version of the project.
        theirs: the version of the new template.
        nested: merges the three sources of one element of a kind.
        needed: the keys of elements that are kept although one side removed them.

    Raises:
        NotMergeableError: both sides changed the same part.
    """
    if not base.kind == yours.kind == theirs.kind:
        raise NotMergeableError
    tail = merge_lead(base.tail, yours.tail, theirs.tail)
    if tail is None:
        raise NotMergeableError
    result = replace(
        yours,
        before=three_way(base.before, yours.before, theirs.before),
        after=three_way(base.after, yours.after, theirs.after),
        items=_merge_items((base, yours, theirs), nested, needed),
        tail=tail,
    )
    if theirs.layout is Layout.LINES and yours.layout is Layout.LINE:
        result = replace(result, layout=theirs.layout, indent=theirs.indent, closing=theirs.closing)
    sources = (side.render(WIDTH) for side in (base, yours, theirs))
    return result.render(max(WIDTH, *(len(line) for text in sources for line in text.split("\n"))))


def _merge_items(
    versions: Sequence[Elements], nested: Nested, needed: Collection[str]
) -> tuple[Element, ...]:
    keys = element_keys(*(version.items for version in versions))
    sides = [
        dict(zip(names, version.items, strict=True))
        for names, version in zip(keys, versions, strict=True)
    ]
    _check_replaced(*sides)
    items = []
    for key in merge_order(*keys):
        kept = _merge_element(versions[0].kind, [side.get(key) for side in sides], nested)
        if kept is None and key in needed:
            kept = next(side[key] for side in reversed(sides) if key in side)
        if kept:
            items.append(kept)
    return tuple(items)


def three_way(base: str, yours: str, theirs: str) -> str:
    """Return the changed one of three values.

    Raises:
        NotMergeableError: both sides changed it.
    """
    if theirs in (base, yours):
        return yours
    if yours == base:
        return theirs
    raise NotMergeableError


def element_keys(*versions: Sequence[Element]) -> list[list[str]]:
    """Return the keys of the elements of three versions: the short ones where they identify.

    Raises:
        NotMergeableError: two elements of one version cannot be told apart.
    """
    ambiguous = {
        key
        for items in versions
        for key, times in Counter(item.key for item in items).items()
        if times > 1
    }
    keys = [
        [f"={item.exact}" if item.key in ambiguous else item.key for item in items]
        for items in versions
    ]
    if any(len(set(names)) < len(names) for names in keys):
        raise NotMergeableError
    return keys


def _check_replaced(
    base: dict[str, Element], yours: dict[str, Element], theirs: dict[str, Element]
) -> None:
    """Refuse where both sides may have changed the same nameless element."""

    def nameless(key: str, element: Element) -> bool:
        return not element.named or key.startswith("=")

    gone = any(
        nameless(key, item) and key not in yours and key not in theirs for key, item in base.items()
    )
    added = [
        {key for key, item in side.items() if nameless(key, item) and key not in base}
        for side in (yours, theirs)
    ]
    if gone and added[0] != added[1]:
        raise NotMergeableError


def _merge_element(kind: str, versions: Sequence[Element | None], nested: Nested) -> Element | None:
    base, yours, theirs = versions
    if theirs in (base, yours):
        return yours
    if yours == base:
        return theirs
    if base is None or yours is None or theirs is None:
        raise NotMergeableError
    lead = merge_lead(base.lead, yours.lead, theirs.lead)
    if lead is None:
        raise NotMergeableError
    try:
        text = three_way(base.text, yours.text, theirs.text)
    except NotMergeableError:
        text = nested(kind, base.text, yours.text, theirs.text)
    comment = three_way(base.comment, yours.comment, theirs.comment)
    return replace(yours, text=text, lead=lead, comment=comment)


def _indented(lead: str, indent: str) -> list[str]:
    return [f"{indent}{line}" if line else "" for line in lead.split("\n")[:-1]]


def split_gaps(inner: str, spans: Sequence[tuple[int, int]]) -> "Gaps":
    """Read what stands between elements.

    Args:
        inner: the source between the brackets.
        spans: where the elements are in it.

    Raises:
        NotMergeableError: there is more than commas, blanks and comments, or the elements are
            neither on one line nor each on its own.
    """
    edges = [0, *(edge for span in spans for edge in span), len(inner)]
    gaps = [inner[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    if not any("\n" in gap for gap in gaps):
        if any(gap.strip() not in ("", ",") for gap in gaps):
            raise NotMergeableError
        return Gaps(Layout.LINE, [""] * len(spans), [""] * len(spans), "", "", "")
    if not spans or not all("\n" in gap for gap in gaps):
        raise NotMergeableError
    leads, comments = [], []
    for place, gap in enumerate(gaps):
        first, _, rest = gap.partition("\n")
        comment = first.strip().removeprefix(",").strip()
        if (comment and not comment.startswith("#")) or (comment and not place):
            raise NotMergeableError
        comments.append(comment)
        lines = [line.strip() for line in rest.split("\n")[:-1]]
        if any(line and not line.startswith("#") for line in lines) or rest.split("\n")[-1].strip():
            raise NotMergeableError
        leads.append("".join(f"{line}\n" for line in lines))
    indent, closing = gaps[0].rpartition("\n")[2], gaps[-1].rpartition("\n")[2]
    return Gaps(Layout.LINES, leads[:-1], comments[1:], leads[-1], indent, closing)


@dataclass(frozen=True)
class Gaps:
    """What stands between elements: leads and comments by element, tail, indentation."""

    layout: Layout
    leads: Sequence[str]
    comments: Sequence[str]
    tail: str
    indent: str
    closing: str

"""What a blueprint's `views.py` offers for navigation.

`NAVIGATION` is for the first page and for headers, `FOR_VISITORS` for the login page, `FOR_MEMBERS`
for the header of those who are signed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class NavigationEntry:
    """A link.

    Args:
        label: what people read.
        endpoint: where it leads.
        setting: shown only where this setting is on.
    """

    label: str
    endpoint: str
    setting: str | None = None


@dataclass(frozen=True)
class Section:
    """The links of one blueprint.

    Args:
        blueprint: its name.
        label: what people read.
        entries: where the links lead.
    """

    blueprint: str
    label: str
    entries: tuple[NavigationEntry, ...]


EVERYWHERE = 8  # more links than these nobody reads on every page
OVERVIEW = NavigationEntry("Overview", "home.index")


def nearby(sections: Sequence[Section], blueprint: str | None) -> tuple[NavigationEntry, ...]:
    """List the links of a page's header.

    While all find room, these are all; later the blueprint's own, and the way to the overview of
    all.
    """
    everything = tuple(entry for section in sections for entry in section.entries)
    if len(everything) <= EVERYWHERE:
        return everything
    own = (section.entries for section in sections if section.blueprint == blueprint)
    return (OVERVIEW, *next(own, ()))

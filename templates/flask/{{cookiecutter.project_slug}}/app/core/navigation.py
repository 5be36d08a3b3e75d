"""What a blueprint offers for the header of every page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NavigationEntry:
    """A link.

    Args:
        label: what people read.
        endpoint: where it leads.
    """

    label: str
    endpoint: str

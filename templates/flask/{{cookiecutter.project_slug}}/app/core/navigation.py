"""What a blueprint's `views.py` offers for navigation.

`NAVIGATION` is for the header of every page, `FOR_VISITORS` for the login page, `FOR_MEMBERS` for
the header of those who are signed in.
"""

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

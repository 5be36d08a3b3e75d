"""Links on every page, and on the first one: what the apps' `urls` modules offer."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.http import HttpRequest

from core.discovery import has_module, project_apps

Link = tuple[str, str]  # the name of a URL, and a text
EVERYWHERE = 8  # more links than these nobody reads on every page
OVERVIEW: Link = ("core:home", "Overview")


@dataclass(frozen=True)
class Section:
    """The links of one app.

    Attributes:
        app: the `app_name` of its URLs.
        title: its name for people.
        links: where they lead.
    """

    app: str
    title: str
    links: tuple[Link, ...]


@cache
def sections(area: str = "navigation") -> tuple[Section, ...]:
    """List what the apps offer, app by app.

    Args:
        area: what their `urls` modules call it; "visitor_navigation" is beside the login,
            "member_navigation" beside the logout.
    """
    found = []
    for app in project_apps():
        module = import_module(f"{app.name}.urls") if has_module(app, "urls") else None
        if links := getattr(module, area, ()):
            name = getattr(module, "app_name", app.label)
            found.append(Section(name, str(app.verbose_name), tuple(links)))
    return tuple(found)


def links(area: str = "navigation") -> tuple[Link, ...]:
    """List what all apps offer."""
    return tuple(link for section in sections(area) for link in section.links)


def nearby(request: HttpRequest) -> tuple[Link, ...]:
    """List the links of a page's header.

    While all find room, these are all; later the app's own, and the way to the overview of all.
    """
    everything = links()
    if len(everything) <= EVERYWHERE:
        return everything
    here = request.resolver_match.namespace if request.resolver_match else ""
    own = (section.links for section in sections("navigation") if section.app == here)
    return (OVERVIEW, *next(own, ()))

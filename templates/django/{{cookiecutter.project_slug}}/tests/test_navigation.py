"""Which links stand where, with few apps and with many."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from core import navigation
from core.navigation import EVERYWHERE, OVERVIEW, Section, nearby


def header(place: str | None) -> tuple[navigation.Link, ...]:
    """The links of a page's header; `None` for a page that is not there."""
    request = RequestFactory().get("/")
    found: Any = SimpleNamespace(namespace=place)
    request.resolver_match = None if place is None else found
    return nearby(request)


@pytest.mark.parametrize("many", [False, True])
def test_links_of_a_header(many: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    blog = Section("blog", "Blog", (("blog:post-list", "Posts"),))
    shop = Section("shop", "Shop", (("shop:item-list", "Items"),) * (EVERYWHERE if many else 1))
    monkeypatch.setattr(navigation, "sections", lambda area: (blog, shop))
    everything = (*blog.links, *shop.links)
    for place, own in (("blog", blog.links), ("core", ()), (None, ())):
        assert header(place) == ((OVERVIEW, *own) if many else everything)


@pytest.mark.django_db
def test_the_first_page_has_the_links_of_all_apps(client: Client) -> None:
    page = client.get("/").content.decode()
    for section in navigation.sections():
        assert section.title in page
        for name, text in section.links:
            assert f'<a href="{reverse(name)}">{text}</a>' in page

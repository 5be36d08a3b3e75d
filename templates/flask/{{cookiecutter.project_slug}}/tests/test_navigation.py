"""Which links stand where, with few blueprints and with many."""

import pytest
from flask import url_for

from app.core.navigation import EVERYWHERE, OVERVIEW, NavigationEntry, Section, nearby

POSTS = (NavigationEntry("Posts", "blog.post_list"),)
ITEMS = (NavigationEntry("Items", "shop.item_list"),)


@pytest.mark.parametrize("many", [False, True])
def test_links_of_a_header(*, many: bool) -> None:
    items = ITEMS * (EVERYWHERE if many else 1)
    found = [Section("blog", "Blog", POSTS), Section("shop", "Shop", items)]
    for blueprint, own in (("blog", POSTS), ("home", ()), (None, ())):
        expected = (OVERVIEW, *own) if many else (*POSTS, *items)
        assert nearby(found, blueprint) == expected


def test_the_first_page_has_the_links_of_all_blueprints(app, client) -> None:
    page = client.get("/").text
    for section in app.jinja_env.globals["sections"]:
        assert section.label in page
        for entry in section.entries:
            with app.test_request_context():
                address = url_for(entry.endpoint)
            assert f'<a href="{address}">{entry.label}</a>' in page

"""Who writes what."""

from tests.acceptance.contract.client import Client, data, expect, html, problem, redirect
from tests.acceptance.contract.rows import Rows, path, word
from tests.projects import PEOPLE

POSTS = "/api/v1/blog/posts/"
TAGS = "/api/v1/catalog/tags/"


def test_anyone_reads_and_the_owner_and_staff_write(
    visitor: Client, ada: Client, grace: Client, staff: Client, rows: Rows
) -> None:
    post = rows.create("blog/posts", ada)
    where = path("blog/posts", post)
    assert data(visitor.get(where)) == post
    problem(grace.patch(where, {"body": "x"}), 403)
    problem(grace.put(where, rows.body("blog/posts")), 403)
    problem(grace.delete(where), 403)
    changed = data(staff.patch(where, {"body": "by staff"}))
    assert changed["author"]["label"] == PEOPLE["ada@example.com"]
    expect(staff.delete(where), 204)


def test_the_server_sets_the_owner(ada: Client, grace: Client, rows: Rows) -> None:
    other = data(grace.get("/api/v1/auth/me/"))["id"]
    for name in ("authorId", "author", "author_id"):
        response = ada.post(POSTS, rows.body("blog/posts") | {name: other})
        if response.status_code == 201:
            assert data(response, 201)["author"]["id"] != other


def test_without_an_owner_staff_write(visitor: Client, ada: Client, rows: Rows) -> None:
    tag = rows.create("catalog/tags")
    where = path("catalog/tags", tag)
    for client, status in ((visitor, 401), (ada, 403)):
        problem(client.post(TAGS, {"name": word()}), status)
        problem(client.patch(where, {"name": word()}), status)
        problem(client.delete(where), status)
    assert data(visitor.get(where)) == tag


def test_pages_ask_the_same(visitor: Client, ada_at_pages: Client, ada: Client, rows: Rows) -> None:
    own, foreign = rows.create("blog/posts", ada), rows.create("blog/posts")
    tag = rows.create("catalog/tags")
    for action in ("edit/", "delete/"):
        html(ada_at_pages.get(f"/blog/posts/{own['id']}/{action}"))
        html(ada_at_pages.get(f"/blog/posts/{foreign['id']}/{action}"), 403)
        html(ada_at_pages.get(f"/catalog/tags/{tag['id']}/{action}"), 403)
        login = redirect(visitor.get(f"/blog/posts/{own['id']}/{action}"), "/accounts/login/")
        assert "next=" in login
    html(ada_at_pages.get("/catalog/tags/new/"), 403)
    links = ada_at_pages.page(f"/blog/posts/{foreign['id']}/").main.select("a[href$='/edit/']")
    assert not links, "a link that leads to 403"

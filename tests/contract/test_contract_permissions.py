"""Who may write what through the API."""

import pytest

from .client import DEMO_NAME, Client, data, expect, problem, told
from .rows import Rows, path, word

POSTS = "/api/v1/blog/posts/"


def test_the_owner_and_staff_write(demo: Client, staff: Client, rows: Rows) -> None:
    own, foreign = rows.make("blog/posts", demo), rows.make("blog/posts", staff)
    where = path("blog/posts", foreign)
    for refused in (
        demo.patch(where, {"body": "x"}),
        demo.put(where, rows.body("blog/posts")),
        demo.delete(where),
    ):
        problem(refused, 403)
    assert data(demo.get(where)) == foreign
    changed = data(staff.patch(path("blog/posts", own), {"body": "by staff"}))
    assert changed["author"]["label"] == DEMO_NAME, "staff must not become the owner"
    expect(staff.delete(path("blog/posts", own)), 204)


def test_without_an_owner_only_staff_write(demo: Client, rows: Rows) -> None:
    tag = rows.make("shop/tags")
    where = path("shop/tags", tag)
    for refused in (
        demo.post("/api/v1/shop/tags/", {"name": word()}),
        demo.patch(where, {"name": word()}),
        demo.put(where, {"name": word()}),
        demo.delete(where),
    ):
        problem(refused, 403)
    assert data(demo.get(where)) == tag


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_visitor_writes_nothing(visitor: Client, rows: Rows, method: str) -> None:
    where = POSTS if method == "POST" else path("blog/posts", rows.make("blog/posts"))
    answer = visitor.send(method, where, json={"nonsense": 1})
    problem(answer, 401)
    assert answer.headers.get("WWW-Authenticate"), f"no WWW-Authenticate:{told(answer)}"

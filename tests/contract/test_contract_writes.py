"""Create, replace, patch, delete through the API: what is taken and what is refused."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from .client import DEMO_NAME, Client, data, expect, problem, told
from .rows import Rows, path, word

POSTS = "/api/v1/blog/posts/"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
KEYS = {"id", "title", "slug", "body", "status", "author", "publishedAt", "createdAt", "updatedAt"}


def test_create_answers_with_the_row_and_its_place(demo: Client, rows: Rows) -> None:
    answer = demo.post(POSTS, rows.body("blog/posts", publishedAt="2026-01-02T03:04:05Z"))
    post = data(answer, 201)
    assert urlsplit(answer.headers.get("Location", "")).path == path("blog/posts", post), told(
        answer
    )
    assert set(post) == KEYS
    assert isinstance(post["id"], int)
    assert post["publishedAt"] == "2026-01-02T03:04:05Z"
    assert MOMENT.fullmatch(post["createdAt"]), post["createdAt"]
    assert MOMENT.fullmatch(post["updatedAt"]), post["updatedAt"]
    assert post["author"] == {"id": post["author"]["id"], "label": DEMO_NAME}
    assert data(demo.get(path("blog/posts", post))) == post, "read and written answers differ"
    listed = data(demo.get(f"{POSTS}?title={post['title']}"))["results"]
    assert listed == [post], "the row in the list differs from the row alone"


def test_a_moment_with_an_offset_is_kept_in_utc(demo: Client, rows: Rows) -> None:
    post = rows.make("blog/posts", demo, publishedAt="2026-07-01T00:30:00+02:00")
    assert post["publishedAt"] == "2026-06-30T22:30:00Z"


def test_the_slug_is_made_from_the_title_and_made_unique(rows: Rows) -> None:
    title = f"{word()} Über Straße & more!"
    first, second = rows.make("blog/posts", title=title), rows.make("blog/posts", title=title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", first["slug"]), first["slug"]
    assert second["slug"].startswith(first["slug"])
    assert second["slug"] != first["slug"]
    empty = rows.make("blog/posts", slug="")
    assert empty["slug"] == empty["title"]


def test_a_slug_that_was_made_stays(demo: Client, rows: Rows) -> None:
    title = word()
    body = rows.body("blog/posts", title=title)
    body.pop("slug", None)
    for expected in (title, f"{title}-2"):
        where = path("blog/posts", data(demo.post(POSTS, body), 201))
        assert [data(demo.put(where, body))["slug"] for _ in range(2)] == [expected] * 2
        assert data(demo.patch(where, {"slug": ""}))["slug"] == expected


def test_replace(demo: Client, rows: Rows) -> None:
    post = rows.make("blog/posts", demo, publishedAt="2026-01-02T03:04:05Z", slug=word())
    where = path("blog/posts", post)
    body = {"title": word(), "body": "", "status": "published"}
    after = data(demo.put(where, body))
    assert {key: after[key] for key in body} == body
    assert after["publishedAt"] is None, "PUT puts back what is left out"
    assert (after["id"], after["author"], after["createdAt"]) == (
        post["id"],
        post["author"],
        post["createdAt"],
    )
    assert after["updatedAt"] > post["updatedAt"]
    assert data(demo.get(where)) == after


@pytest.mark.parametrize("missing", ["title", "body", "status"])
def test_what_is_required(demo: Client, rows: Rows, missing: str) -> None:
    body = {k: v for k, v in rows.body("blog/posts").items() if k != missing}
    problem(demo.post(POSTS, body), 422, missing, "required")
    where = path("blog/posts", rows.make("blog/posts", demo))
    problem(demo.put(where, body), 422, missing, "required")


def test_all_that_is_wrong_is_said_at_once(demo: Client) -> None:
    body = problem(demo.post(POSTS, {"publishedAt": "no", "status": "no"}), 422)
    named = {error["field"] for error in body["errors"]}
    assert named == {"title", "body", "status", "publishedAt"}, body


def test_patch_changes_only_what_it_names(demo: Client, rows: Rows) -> None:
    post = rows.make("blog/posts", demo, publishedAt="2026-01-02T03:04:05Z")
    where = path("blog/posts", post)
    after = data(demo.patch(where, {"status": "published"}))
    changed = {key for key in post if after[key] != post[key]}
    assert changed == {"status", "updatedAt"}, f"{post} → {after}"
    assert data(demo.patch(where, {"publishedAt": None}))["publishedAt"] is None
    data(demo.patch(where, {}))


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("title", None, "null"),
        ("title", "", "blank"),
        ("title", "   ", "blank"),
        ("title", "x" * 201, "max_length"),
        ("title", "a\0b", "invalid"),
        ("title", 5, "invalid"),
        ("title", True, "invalid"),
        ("title", ["x"], "invalid"),
        ("title", {"x": 1}, "invalid"),
        ("body", None, "null"),
        ("body", 5, "invalid"),
        ("slug", None, "null"),
        ("slug", "no slug!", "invalid"),
        ("slug", "x" * 201, "max_length"),
        ("status", None, "null"),
        ("status", "nope", "invalid_choice"),
        ("status", "", "invalid_choice"),
        ("status", 1, "invalid_choice"),
        ("publishedAt", "yesterday", "invalid"),
        ("publishedAt", "2026-02-30T00:00:00Z", "invalid"),
        ("publishedAt", "0001-01-01T00:00:00+14:00", "invalid"),
        ("publishedAt", "", "invalid"),
        ("publishedAt", 5, "invalid"),
        ("unknown", 1, "unknown"),
        ("published_at", None, "unknown"),
        ("author_id", 1, "unknown"),
    ],
)
def test_what_no_field_takes(demo: Client, rows: Rows, key: str, value: Any, code: str) -> None:
    where = path("blog/posts", rows.make("blog/posts", demo))
    problem(demo.patch(where, {key: value}), 422, key, code)
    problem(demo.post(POSTS, rows.body("blog/posts") | {key: value}), 422, key, code)


def test_text_is_kept_as_it_was_sent(demo: Client, rows: Rows) -> None:
    body = "  Ünïcode 🐍 <b>&amp;</b>\n\ttab\r\n"
    assert rows.make("blog/posts", demo, body=body)["body"] == body
    assert rows.make("blog/posts", demo, title="x" * 200)["title"] == "x" * 200


def test_what_only_the_server_sets_is_ignored(demo: Client, rows: Rows) -> None:
    foreign = rows.make("blog/posts")
    moment = "2000-01-01T00:00:00Z"
    extra = {
        "id": foreign["id"],
        "createdAt": moment,
        "updatedAt": moment,
        "author": foreign["author"],
        "authorId": foreign["author"]["id"],
    }
    post = rows.make("blog/posts", demo, **extra)
    where = path("blog/posts", post)
    data(demo.patch(where, extra))
    after = data(demo.put(where, rows.body("blog/posts", **extra)))
    for row in (post, after):
        assert row["id"] != foreign["id"]
        assert row["author"]["label"] == DEMO_NAME
        assert moment not in (row["createdAt"], row["updatedAt"])


def test_what_was_read_can_be_written_back(demo: Client, rows: Rows) -> None:
    post = rows.make("blog/posts", demo, publishedAt="2026-01-02T03:04:05Z")
    after = data(demo.put(path("blog/posts", post), post))
    assert {k: v for k, v in after.items() if k != "updatedAt"} == {
        k: v for k, v in post.items() if k != "updatedAt"
    }


def test_a_taken_slug(demo: Client, rows: Rows) -> None:
    taken, other = rows.make("blog/posts", demo), rows.make("blog/posts", demo)
    body = rows.body("blog/posts", slug=taken["slug"])
    problem(demo.post(POSTS, body), 422, "slug", "unique")
    problem(demo.patch(path("blog/posts", other), {"slug": taken["slug"]}), 422, "slug", "unique")
    data(demo.patch(path("blog/posts", taken), {"slug": taken["slug"]}))


def test_delete(demo: Client, rows: Rows) -> None:
    where = path("blog/posts", rows.make("blog/posts", demo))
    answer = expect(demo.delete(where), 204)
    assert not answer.content, told(answer)
    assert "Content-Type" not in answer.headers, told(answer)
    for gone in (demo.get(where), demo.delete(where), demo.patch(where, {})):
        problem(gone, 404)

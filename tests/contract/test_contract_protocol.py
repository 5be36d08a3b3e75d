"""HTTP itself: malformed bodies, methods, media types, entity tags, tokens."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from .client import PASSWORD, Client, data, expect, problem, told
from .rows import Row, Rows, path, word

POSTS = "/api/v1/blog/posts/"
TOKEN = "/api/v1/auth/token/"
OTHER_KINDS = "text/plain application/x-www-form-urlencoded text/xml application/merge-patch+json"


@pytest.mark.parametrize(
    "body", [b"{", b"", b'{"title": }', b"\xff\xfe", b'{"title": NaN}', b'{"a": Infinity}']
)
def test_malformed_json(demo: Client, body: bytes) -> None:
    kind = {"Content-Type": "application/json"}
    problem(demo.send("POST", POSTS, data=body, headers=kind), 400)


def test_numbers_that_json_lacks_do_not_hide_in_json_fields(staff: Client, rows: Rows) -> None:
    where = path("shop/products", rows.make("shop/products"))
    kind = {"Content-Type": "application/json"}
    problem(staff.send("PATCH", where, data=b'{"details": {"x": NaN}}', headers=kind), 400)


@pytest.mark.parametrize("body", [[], "text", 1, None, [{"title": "x"}]])
def test_json_that_is_no_object(demo: Client, body: Any) -> None:
    kind = {"Content-Type": "application/json"}
    problem(demo.send("POST", POSTS, data=json.dumps(body), headers=kind), 422)


def test_half_a_character_is_refused(demo: Client) -> None:
    raw = b'{"title": "\\ud800", "body": "x", "status": "draft"}'
    answer = demo.send("POST", POSTS, data=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422), told(answer)
    problem(answer, answer.status_code)


@pytest.mark.parametrize("kind", OTHER_KINDS.split())
def test_other_media_types_are_refused(demo: Client, kind: str) -> None:
    problem(demo.send("POST", POSTS, data=b"title=x", headers={"Content-Type": kind}), 415)


def test_json_with_a_charset_is_taken(demo: Client) -> None:
    raw = f'{{"title": "{word()}", "body": "", "status": "draft"}}'.encode()
    kind = {"Content-Type": "application/json; charset=utf-8"}
    data(demo.send("POST", POSTS, data=raw, headers=kind), 201)


@pytest.mark.parametrize(("method", "single"), [("PUT", False), ("DELETE", False), ("POST", True)])
def test_other_methods_are_refused(demo: Client, rows: Rows, method: str, single: bool) -> None:
    where = path("blog/posts", rows.make("blog/posts", demo)) if single else POSTS
    answer = demo.send(method, where, json={})
    problem(answer, 405)
    allowed = answer.headers.get("Allow", "")
    assert "GET" in allowed, f"no Allow:{told(answer)}"
    assert method not in allowed.split(", "), f"Allow lists {method}:{told(answer)}"


@pytest.mark.parametrize("kind", ["application/xml", "text/html", "image/png"])
def test_what_cannot_be_answered_in(visitor: Client, kind: str) -> None:
    problem(visitor.get(POSTS, headers={"Accept": kind}), 406)


@pytest.mark.parametrize(
    "kind",
    [
        "*/*",
        "application/*",
        "application/json",
        "text/html, */*;q=0.8",
        "application/xml, application/json;q=0.1",
    ],
)
def test_what_can_be_answered_in(visitor: Client, kind: str) -> None:
    data(visitor.get(POSTS, headers={"Accept": kind}))


@pytest.mark.parametrize("number", ["999999999", "99999999999999999999999999"])
def test_a_row_that_is_not_there(demo: Client, number: str) -> None:
    problem(demo.get(f"{POSTS}{number}/"), 404)
    problem(demo.patch(f"{POSTS}{number}/", {}), 404)


def test_a_body_beyond_all_measure(demo: Client) -> None:
    raw = b'{"title": "' + b"x" * 11_000_000 + b'"}'
    answer = demo.send("POST", POSTS, data=raw, headers={"Content-Type": "application/json"})
    problem(answer, 413)


def test_words_and_negative_numbers_are_no_ids(visitor: Client) -> None:
    problem(visitor.get(f"{POSTS}abc/"), 404)
    problem(visitor.get(f"{POSTS}-1/"), 404)


def _tagged(client: Client, kind: str, row: Row) -> str:
    answer = expect(client.get(path(kind, row)), 200)
    tag = answer.headers.get("ETag", "")
    assert re.fullmatch(r'"[^"]+"', tag), f"no strong ETag but {tag!r}:{told(answer)}"
    return tag


def test_an_entity_tag_saves_the_body(demo: Client, rows: Rows) -> None:
    post = rows.make("blog/posts", demo)
    where, tag = path("blog/posts", post), _tagged(demo, "blog/posts", post)
    for known in (tag, f'"x", {tag}', "*", f"W/{tag}"):
        answer = expect(demo.get(where, headers={"If-None-Match": known}), 304)
        assert not answer.content, told(answer)
        assert answer.headers.get("ETag") == tag, f"304 without its ETag: {answer.headers}"
    data(demo.get(where, headers={"If-None-Match": '"other"'}))


def test_every_change_changes_the_entity_tag(staff: Client, rows: Rows) -> None:
    product = rows.make("shop/products")
    where = path("shop/products", product)
    seen = [_tagged(staff, "shop/products", product)]
    tag = rows.make("shop/tags")["id"]
    for body in ({"stock": 1}, {"stock": 2}, {"tagIds": [tag]}, {"details": {"a": 1}}):
        data(staff.patch(where, body))
        seen.append(_tagged(staff, "shop/products", product))
    assert len(set(seen)) == len(seen), f"a change kept the tag: {seen}"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_stale_write_is_refused(demo: Client, rows: Rows, method: str) -> None:
    post = rows.make("blog/posts", demo)
    where, stale = path("blog/posts", post), _tagged(demo, "blog/posts", post)
    data(demo.patch(where, {"body": "changed meanwhile"}, headers={"If-Match": stale}))
    body = rows.body("blog/posts")
    for wrong in (stale, '"other"', "without-quotes", ",", '"', ""):
        problem(demo.send(method, where, json=body, headers={"If-Match": wrong}), 412)
    assert data(demo.get(where))["body"] == "changed meanwhile"
    fresh = _tagged(demo, "blog/posts", post)
    status = 204 if method == "DELETE" else 200
    expect(demo.send(method, where, json=body, headers={"If-Match": fresh}), status)


def test_any_version_matches_a_star(demo: Client, rows: Rows) -> None:
    where = path("blog/posts", rows.make("blog/posts", demo))
    data(demo.patch(where, {"body": "x"}, headers={"If-Match": "*"}))


def test_a_token_lives_and_dies(visitor: Client) -> None:
    answer = visitor.post(TOKEN, {"email": "DEMO@example.com", "password": PASSWORD})
    body = data(answer, 201)
    assert set(body) == {"token", "expiresAt"}, body
    assert body["expiresAt"].endswith("Z")
    assert datetime.fromisoformat(body["expiresAt"]) > datetime.now(UTC)
    visitor.session.cookies.clear()
    visitor.token = body["token"]
    assert data(visitor.get("/api/v1/auth/me/"))["email"] == "demo@example.com"
    expect(visitor.delete(TOKEN), 204)
    problem(visitor.get("/api/v1/auth/me/"), 401)


def test_no_token_for_a_wrong_password_or_address(visitor: Client) -> None:
    wrong = visitor.post(TOKEN, {"email": "demo@example.com", "password": "wrong"})
    nobody = visitor.post(TOKEN, {"email": f"{word()}@example.com", "password": "wrong"})
    first, second = problem(wrong, 401), problem(nobody, 401)
    assert first["detail"] == second["detail"], "the answers tell who has an account"
    assert wrong.headers.get("WWW-Authenticate"), f"no WWW-Authenticate:{told(wrong)}"


def test_a_token_needs_exactly_its_keys(visitor: Client) -> None:
    problem(visitor.post(TOKEN, {"email": "demo@example.com"}), 422, "password", "required")
    extra = {"email": "demo@example.com", "password": PASSWORD, "more": 1}
    problem(visitor.post(TOKEN, extra), 422, "more", "unknown")
    problem(visitor.post(TOKEN, {"email": 5, "password": 5}), 422, "email", "invalid")
    problem(visitor.post(TOKEN, {"email": "", "password": ""}), 422, "email", "blank")


@pytest.mark.parametrize("value", ["Bearer nonsense", "Bearer", "Bearer a b", "Bearer \u00e9"])
def test_a_bad_token_is_refused_even_for_reading(visitor: Client, value: str) -> None:
    answer = visitor.get(POSTS, headers={"Authorization": value.encode("latin-1")})
    problem(answer, 401)
    assert "Bearer" in answer.headers.get("WWW-Authenticate", ""), told(answer)


def test_other_schemes_are_not_ours(visitor: Client) -> None:
    data(visitor.get(POSTS, headers={"Authorization": "Basic eDp5"}))
    problem(visitor.post(POSTS, {}, headers={"Authorization": "Basic eDp5"}), 401)


def test_nobody_keeps_a_copy_of_what_is_personal(visitor: Client, demo: Client) -> None:
    body = {"email": "demo@example.com", "password": PASSWORD}
    for answer in (visitor.post(TOKEN, body), demo.get("/api/v1/auth/me/")):
        assert "no-store" in answer.headers.get("Cache-Control", ""), f"may be kept:{told(answer)}"


def test_revoking_needs_a_token(visitor: Client) -> None:
    problem(visitor.delete(TOKEN), 401)

"""Errors are problem details in the API and pages elsewhere."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.acceptance.contract.client import Client, data, describe, expect, html, problem
from tests.acceptance.contract.rows import Rows, path, word

POSTS = "/api/v1/blog/posts/"
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "body", [b"{", b"", b"\xff", b'{"title": NaN}', b"[" * 100_000, b'{"id": ' + b"9" * 5000 + b"}"]
)
def test_malformed_json(ada: Client, body: bytes) -> None:
    problem(ada.send("POST", POSTS, data=body, headers=JSON), 400, 422)


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"1", b"null"])
def test_json_that_is_no_object(ada: Client, body: bytes) -> None:
    problem(ada.send("POST", POSTS, data=body, headers=JSON), 400, 422)


def test_half_a_character(ada: Client) -> None:
    body = b'{"title": "\\ud800", "body": "x", "status": "draft"}'
    problem(ada.send("POST", POSTS, data=body, headers=JSON), 400, 422)


def test_not_signed_in(visitor: Client, rows: Rows) -> None:
    where = path("blog/posts", rows.create("blog/posts"))
    for response in (
        visitor.post(POSTS, rows.body("blog/posts")),
        visitor.patch(where, {}),
        visitor.delete(where),
        visitor.get("/api/v1/auth/me/"),
    ):
        problem(response, 401)
        assert response.headers["WWW-Authenticate"], describe(response)


@pytest.mark.parametrize("token", ["nonsense", "", "a b", "\u00e9", "x" * 5000])
def test_bad_tokens(visitor: Client, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode("latin-1")}
    problem(visitor.get("/api/v1/auth/me/", headers=headers), 401)
    assert visitor.get(POSTS, headers=headers).status_code in (200, 401)


@pytest.mark.parametrize("number", ["999999999", "9" * 30, "abc", "-1"])
def test_not_found(ada: Client, number: str) -> None:
    statuses = (404, 400) if number.isdecimal() else (404,)  # no database has the longest
    problem(ada.get(f"{POSTS}{number}/"), *statuses)
    problem(ada.get("/api/v1/nothing/"), 404)
    page = ada.get(f"/blog/posts/{number}/")
    html(expect(page, *statuses), page.status_code)


def test_other_methods(ada: Client, rows: Rows) -> None:
    post = path("blog/posts", rows.create("blog/posts", ada))
    for method, where in (("PUT", POSTS), ("DELETE", POSTS), ("POST", post)):
        response = ada.send(method, where, json={})
        problem(response, 405)
        assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/xml"])
def test_other_media_types(ada: Client, kind: str) -> None:
    problem(ada.send("POST", POSTS, data=b"title=x", headers={"Content-Type": kind}), 415)


def test_a_body_that_is_too_large(ada: Client) -> None:
    body = b'{"title": "' + b"x" * 11_000_000 + b'"}'
    problem(ada.send("POST", POSTS, data=body, headers=JSON), 413)


def test_a_row_in_use_is_not_deleted(ada: Client, staff: Client, rows: Rows) -> None:
    product, order = rows.create("catalog/products"), rows.create("orders/orders", ada)
    body = {"orderId": order["id"], "productId": product["id"], "quantity": 1}
    line = data(ada.post("/api/v1/orders/order-lines/", body), 201)
    problem(staff.delete(path("catalog/products", product)), 409)
    expect(ada.delete(path("orders/orders", order)), 204)
    problem(ada.get(path("orders/order-lines", line)), 404)
    expect(staff.delete(path("catalog/products", product)), 204)


def test_one_of_many_gets_a_unique_value(staff: Client) -> None:
    name = word()

    def create(_number: int) -> int:
        client = Client(staff.base, staff.token)
        response = client.post("/api/v1/catalog/tags/", {"name": name})
        client.session.close()
        if response.status_code != 201:
            problem(response, 400, 409, 422)
        return response.status_code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(create, range(8))).count(201) == 1


def test_one_of_many_edits_wins(ada: Client, rows: Rows) -> None:
    where = path("blog/posts", rows.create("blog/posts", ada))
    tag = ada.get(where).headers["ETag"]

    def edit(number: int) -> int:
        client = Client(ada.base, ada.token)
        response = client.patch(where, {"body": f"{number}"}, headers={"If-Match": tag})
        client.session.close()
        return expect(response, 200, 412).status_code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(edit, range(8))).count(200) == 1


def test_pages_of_errors(visitor: Client) -> None:
    page = html(visitor.get("/nowhere/"), 404)
    assert page.main
    assert not re.search(r"Traceback|Exception", page.source)

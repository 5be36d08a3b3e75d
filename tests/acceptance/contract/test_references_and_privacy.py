"""References, and who sees which rows and addresses."""

import pytest

from tests.acceptance.contract.client import Client, data, expect, html, invalid, problem, redirect
from tests.acceptance.contract.rows import Row, Rows, path, word
from tests.projects import PEOPLE

ORDERS = "/api/v1/orders/orders/"
LINES = "/api/v1/orders/order-lines/"


@pytest.fixture
def own(rows: Rows, ada: Client) -> Row:
    return rows.create("orders/orders", ada)


@pytest.fixture
def foreign(rows: Rows, grace: Client) -> Row:
    return rows.create("orders/orders", grace)


@pytest.fixture
def line(rows: Rows, grace: Client, foreign: Row) -> Row:
    values = {"orderId": foreign["id"], "productId": rows.create("catalog/products")["id"]}
    line: Row = data(grace.post(LINES, {**values, "quantity": 2}), 201)
    return line


def test_references_read_as_id_and_label(line: Row, foreign: Row) -> None:
    assert line["order"] == {"id": foreign["id"], "label": foreign["number"]}
    assert set(line["product"]) == {"id", "label"}
    assert not {"orderId", "productId", "order_id"} & set(line)


def test_many_references(staff: Client, rows: Rows) -> None:
    tags = [rows.create("catalog/tags") for _ in range(3)]
    product = rows.create("catalog/products", tagIds=[tag["id"] for tag in tags[:2]])
    labels = sorted((tag["id"], tag["label"]) for tag in product["tags"])
    assert labels == sorted((tag["id"], tag["name"]) for tag in tags[:2])
    where = path("catalog/products", product)
    changed = data(staff.patch(where, {"tagIds": [tags[2]["id"]]}))
    assert [tag["id"] for tag in changed["tags"]] == [tags[2]["id"]]
    assert data(staff.patch(where, {"tagIds": []}))["tags"] == []
    for wrong in ([999999999], ["x"], 5, None):
        invalid(staff.patch(where, {"tagIds": wrong}), "tagIds")


@pytest.mark.parametrize("value", [999999999, "x", None, {}])
def test_references_to_no_row(ada: Client, own: Row, value: object) -> None:
    body = {"orderId": own["id"], "productId": value, "quantity": 1}
    invalid(ada.post(LINES, body), "productId")


def test_private_rows_are_for_the_owner_and_staff(
    visitor: Client, ada: Client, staff: Client, own: Row, foreign: Row, line: Row
) -> None:
    problem(visitor.get(ORDERS), 401)
    seen = {row["id"] for row in data(ada.get(f"{ORDERS}?pageSize=100"))["results"]}
    assert own["id"] in seen
    assert foreign["id"] not in seen
    assert line["id"] not in {row["id"] for row in data(ada.get(LINES))["results"]}
    for kind, row in (("orders/orders", foreign), ("orders/order-lines", line)):
        problem(ada.get(path(kind, row)), 404)
        problem(ada.patch(path(kind, row), {}), 404)
        problem(ada.delete(path(kind, row)), 404)
        data(staff.get(path(kind, row)))
    assert data(ada.get(f"{ORDERS}?search={foreign['number']}"))["count"] == 0
    assert data(ada.get(f"{LINES}?orderId={foreign['id']}"), 200)["count"] == 0


def test_private_rows_cannot_be_referred_to(
    ada: Client, rows: Rows, own: Row, foreign: Row
) -> None:
    values = {"productId": rows.create("catalog/products")["id"], "quantity": 1}
    refused = invalid(ada.post(LINES, {**values, "orderId": foreign["id"]}), "orderId")
    missing = invalid(ada.post(LINES, {**values, "orderId": 999999999}), "orderId")
    texts = [body["errors"][0]["message"] for body in (refused, missing)]
    assert texts[0].replace(str(foreign["id"]), "#") == texts[1].replace("999999999", "#")
    line = data(ada.post(LINES, {**values, "orderId": own["id"]}), 201)
    invalid(ada.patch(path("orders/order-lines", line), {"orderId": foreign["id"]}), "orderId")


def test_private_rows_on_pages(
    visitor: Client, ada_at_pages: Client, own: Row, foreign: Row, line: Row
) -> None:
    redirect(visitor.get("/orders/orders/"), "/accounts/login/")
    page = ada_at_pages.page(f"/orders/orders/?search={foreign['number']}")
    assert foreign["number"] not in page.main.get_text()
    for action in ("", "edit/", "delete/"):
        html(ada_at_pages.get(f"/orders/orders/{foreign['id']}/{action}"), 404)
        html(ada_at_pages.get(f"/orders/order-lines/{line['id']}/{action}"), 404)
    html(ada_at_pages.get(f"/orders/orders/{own['id']}/"))
    choices = ada_at_pages.page("/orders/order-lines/new/").form().choices("order")
    assert own["number"].lower() in {text.lower() for text in choices.values()}
    assert str(foreign["id"]) not in choices


def test_addresses_are_shown_to_the_person_and_staff_only(
    visitor: Client, ada: Client, staff_at_pages: Client, rows: Rows
) -> None:
    post = rows.create("blog/posts", ada)
    assert post["author"]["label"] == PEOPLE["ada@example.com"]
    pages = ["/", "/blog/posts/", f"/blog/posts/{post['id']}/", "/api/openapi.json"]
    pages += ["/api/v1/blog/posts/", path("blog/posts", post), "/api/v1/blog/posts/?ordering=title"]
    for address in pages:
        text = expect(visitor.get(address), 200).text.lower()
        assert not [email for email in PEOPLE if email in text], address
    for query in ("search=ada@example.com", "author__email=ada@example.com", "email=a"):
        found = visitor.get(f"/api/v1/blog/posts/?{query}")
        if found.status_code == 200 and "search" in query:
            assert data(found)["count"] == 0
    assert data(ada.get("/api/v1/auth/me/"))["email"] == "ada@example.com"
    assert "ada@example.com" in staff_at_pages.page("/admin/accounts/user/").source


def test_a_display_name_is_shown_as_text(visitor: Client, rows: Rows) -> None:
    title = f"{word()}<script>alert(1)</script><b onclick=x>"
    post = rows.create("blog/posts", title=title, body=title)
    page = visitor.page(f"/blog/posts/{post['id']}/")
    assert not page.inline()
    assert title in page.soup.get_text()

"""What the API stores, and how it reads."""

from datetime import UTC, datetime

import pytest

from tests.acceptance.contract.client import Client, data, expect, invalid, problem
from tests.acceptance.contract.rows import Rows, path, word

POSTS = "/api/v1/blog/posts/"
PRODUCTS = "/api/v1/catalog/products/"
KEYS = {
    "id",
    "title",
    "slug",
    "body",
    "status",
    "author",
    "publishedAt",
    "createdAt",
    "updatedAt",
}


def moment(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    assert value.tzinfo, f"{text} has no offset"
    return value


def test_create_read_replace_change_delete(ada: Client) -> None:
    title = word()
    post = data(ada.post(POSTS, {"title": title, "status": "draft", "body": "a"}), 201)
    where = path("blog/posts", post)
    assert set(post) == KEYS
    assert (post["title"], post["slug"], post["publishedAt"]) == (title, title, None)
    assert isinstance(post["id"], int)
    assert moment(post["createdAt"]) <= datetime.now(UTC)
    assert data(ada.get(where)) == post
    values = {"title": "b", "slug": word(), "body": "", "status": "published"}
    values["publishedAt"] = "2026-03-04T05:06:07+02:00"
    replaced = data(ada.put(where, values))
    assert moment(replaced["publishedAt"]) == moment("2026-03-04T03:06:07Z")
    assert replaced["status"] == "published"
    changed = data(ada.patch(where, {"publishedAt": None}))
    assert {key for key in KEYS if changed[key] != replaced[key]} == {"publishedAt", "updatedAt"}
    assert expect(ada.delete(where), 204).content == b""
    problem(ada.get(where), 404)


def test_decimals_are_strings(staff: Client, rows: Rows) -> None:
    assert rows.create("catalog/products", price="99999999.99")["price"] == "99999999.99"
    product = rows.create("catalog/products", price="12.30")
    assert data(staff.get(path("catalog/products", product)))["price"] == "12.30"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", None),
        ("title", ""),
        ("title", "x" * 201),
        ("title", []),
        ("status", None),
        ("status", "nope"),
        ("slug", "no slug!"),
        ("publishedAt", "yesterday"),
        ("nonsense", 1),
        ("published_at", "2026-01-02T03:04:05Z"),
    ],
)
def test_values_that_are_not_valid(ada: Client, rows: Rows, field: str, value: object) -> None:
    invalid(ada.post(POSTS, rows.body("blog/posts") | {field: value}), field)
    where = path("blog/posts", rows.create("blog/posts", ada))
    invalid(ada.patch(where, {field: value}), field)


@pytest.mark.parametrize("price", ["abc", "NaN", "Infinity", "123456789.00", None, [], "1e400"])
def test_prices_that_are_not_valid(staff: Client, rows: Rows, price: object) -> None:
    invalid(staff.post(PRODUCTS, rows.body("catalog/products", price=price)), "price")


@pytest.mark.parametrize("field", ["title", "status"])
def test_what_is_required(ada: Client, rows: Rows, field: str) -> None:
    body = rows.body("blog/posts")
    del body[field]
    invalid(ada.post(POSTS, body), field)


def test_limits_of_numbers(ada: Client, rows: Rows) -> None:
    values = {
        "orderId": rows.create("orders/orders", ada)["id"],
        "productId": rows.create("catalog/products")["id"],
    }
    for quantity in (0, -1, 10**30, 1.5):
        invalid(
            ada.post("/api/v1/orders/order-lines/", values | {"quantity": quantity}), "quantity"
        )
    data(ada.post("/api/v1/orders/order-lines/", values | {"quantity": 1}), 201)


@pytest.mark.parametrize("values", [{"status": "paid"}, {"total": "1.00"}, {"customerId": 1}])
def test_what_clients_only_read(ada: Client, rows: Rows, values: dict[str, object]) -> None:
    order = rows.create("orders/orders", ada)
    assert (order["status"], order["total"]) == ("open", "0.00")
    where = path("orders/orders", order)
    ada.patch(where, values)
    after = data(ada.get(where))
    assert {k: v for k, v in after.items() if k != "updatedAt"} == {
        k: v for k, v in order.items() if k != "updatedAt"
    }


def test_a_unique_value_that_is_taken(staff: Client, ada: Client, rows: Rows) -> None:
    taken = rows.create("catalog/tags")["name"]
    problem(staff.post("/api/v1/catalog/tags/", {"name": taken}), 400, 409, 422)
    slug = rows.create("blog/posts")["slug"]
    problem(ada.post(POSTS, rows.body("blog/posts", slug=slug)), 400, 409, 422)


def test_a_slug_is_made_from_the_title(ada: Client, rows: Rows) -> None:
    title = word()
    slugs = [rows.create("blog/posts", ada, title=f"A {title}!")["slug"] for _ in range(2)]
    assert slugs[0] == f"a-{title}"
    assert slugs[1] != slugs[0]


def test_stale_writes_are_refused(ada: Client, rows: Rows) -> None:
    post = rows.create("blog/posts", ada)
    where = path("blog/posts", post)
    stale = expect(ada.get(where), 200).headers["ETag"]
    data(ada.patch(where, {"body": "changed meanwhile"}, headers={"If-Match": stale}))
    for send in (ada.patch, ada.put):
        problem(send(where, rows.body("blog/posts"), headers={"If-Match": stale}), 412)
    problem(ada.delete(where, headers={"If-Match": stale}), 412)
    assert data(ada.get(where))["body"] == "changed meanwhile"
    fresh = expect(ada.get(where), 200).headers["ETag"]
    expect(ada.get(where, headers={"If-None-Match": fresh}), 304)
    expect(ada.delete(where, headers={"If-Match": fresh}), 204)

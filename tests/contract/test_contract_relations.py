"""References and many-to-many through the API."""

from .client import DEMO_NAME, Client, data, expect, problem
from .rows import Rows, path


def test_many_to_many_is_replaced_left_or_cleared(staff: Client, rows: Rows) -> None:
    one, two = rows.make("shop/tags")["id"], rows.make("shop/tags")["id"]
    product = rows.make("shop/products", tagIds=[one, one])
    where = path("shop/products", product)
    assert [tag["id"] for tag in product["tags"]] == [one], "a repeated id counts once"
    changed = data(staff.patch(where, {"tagIds": [two]}))
    assert [tag["id"] for tag in changed["tags"]] == [two]
    assert changed["updatedAt"] > product["updatedAt"], "who looks for changes must find this one"
    assert [t["id"] for t in data(staff.patch(where, {"stock": 1}))["tags"]] == [two]
    assert data(staff.patch(where, {"tagIds": []}))["tags"] == []
    data(staff.patch(where, {"tagIds": [one]}))
    body = rows.body("shop/products")
    assert data(staff.put(where, body))["tags"] == [], "PUT clears what it leaves out"


def test_the_read_forms_in_a_body_are_ignored(staff: Client, rows: Rows) -> None:
    product = rows.make("shop/products", tagIds=[rows.make("shop/tags")["id"]])
    other = rows.make("shop/categories")
    where = path("shop/products", product)
    body = {"category": {"id": other["id"], "label": "x"}, "tags": []}
    after = data(staff.patch(where, body))
    assert (after["category"], after["tags"]) == (product["category"], product["tags"])


def test_a_protected_row_stays(staff: Client, rows: Rows) -> None:
    product = rows.make("shop/products")
    where = f"/api/v1/shop/categories/{product['category']['id']}/"
    problem(staff.delete(where), 409)
    data(staff.get(where))
    expect(staff.delete(path("shop/products", product)), 204)
    expect(staff.delete(where), 204)


def test_a_reference_that_is_set_to_null(staff: Client, rows: Rows) -> None:
    parent = rows.make("shop/categories")
    child = rows.make("shop/categories", parentId=parent["id"])
    assert child["parent"] == {"id": parent["id"], "label": parent["name"]}
    expect(staff.delete(path("shop/categories", parent)), 204)
    assert data(staff.get(path("shop/categories", child)))["parent"] is None
    where = path("shop/categories", child)
    again = data(staff.patch(where, {"parentId": rows.make("shop/categories")["id"]}))
    assert again["parent"]
    assert data(staff.patch(where, {"parentId": None}))["parent"] is None


def test_a_reference_that_cascades(staff: Client, demo: Client, rows: Rows) -> None:
    product = rows.make("shop/products")
    review = rows.make("shop/reviews", demo, productId=product["id"])
    assert review["writer"]["label"] == DEMO_NAME
    assert review["product"] == {"id": product["id"], "label": product["name"]}
    expect(staff.delete(path("shop/products", product)), 204)
    problem(staff.get(path("shop/reviews", review)), 404)


def test_the_tag_of_a_product_can_be_deleted(staff: Client, rows: Rows) -> None:
    tag = rows.make("shop/tags")
    product = rows.make("shop/products", tagIds=[tag["id"]])
    expect(staff.delete(path("shop/tags", tag)), 204)
    assert data(staff.get(path("shop/products", product)))["tags"] == []

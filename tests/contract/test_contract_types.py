"""Numbers, JSON and the other types through the API."""

from typing import Any

import pytest

from .client import Client, data, problem
from .rows import Rows, path, word

PRODUCTS = "/api/v1/shop/products/"


def test_a_product_as_it_is_read(staff: Client, rows: Rows) -> None:
    category = rows.make("shop/categories")
    tags = [rows.make("shop/tags") for _ in range(2)]
    values: dict[str, Any] = {
        "price": 9.5,
        "releasedOn": "2026-01-31",
        "details": {"snake_key": {"camelKey": [1, None, {"Deep_Key": "x"}]}, "a b": 0.5},
        "categoryId": category["id"],
        "tagIds": [tag["id"] for tag in tags],
    }
    product = rows.make("shop/products", **values)
    assert product["price"] == "9.50"
    assert product["stock"] == 3
    assert product["releasedOn"] == "2026-01-31"
    assert product["details"] == values["details"], "keys inside JSON belong to the user"
    assert product["category"] == {"id": category["id"], "label": category["name"]}
    labels = sorted((tag["id"], tag["name"]) for tag in tags)
    assert sorted((tag["id"], tag["label"]) for tag in product["tags"]) == labels
    hidden = {"categoryId", "tagIds", "category_id", "tag_ids"} & set(product)
    assert not hidden, f"written names in what is read: {hidden}"
    assert data(staff.get(path("shop/products", product))) == product


def test_what_is_left_out_is_null_or_empty(rows: Rows) -> None:
    product = rows.make("shop/products")
    assert (product["releasedOn"], product["details"], product["tags"]) == (None, None, [])
    category = rows.make("shop/categories")
    assert category["parent"] is None


@pytest.mark.parametrize(
    "value", [[], {}, [1, "a", None], "text", 0, False, {"": []}, 1.5, 2**63 - 1, None]
)
def test_any_json_comes_back_unchanged(staff: Client, rows: Rows, value: Any) -> None:
    product = rows.make("shop/products", details=value)
    found = data(staff.get(path("shop/products", product)))["details"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("price", "abc", "invalid"),
        ("price", "", "invalid"),
        ("price", "NaN", "invalid"),
        ("price", "Infinity", "invalid"),
        ("price", "1.234", "invalid"),
        ("price", "123456789.00", "invalid"),
        ("price", None, "null"),
        ("price", True, "invalid"),
        ("price", [], "invalid"),
        ("stock", 1.5, "invalid"),
        ("stock", "3", "invalid"),
        ("stock", True, "invalid"),
        ("stock", None, "null"),
        ("stock", 2**31, "max_value"),
        ("stock", -(2**31) - 1, "min_value"),
        ("stock", 10**30, "max_value"),
        ("releasedOn", "2026-02-30", "invalid"),
        ("releasedOn", "2026-02-03T00:00:00Z", "invalid"),
        ("categoryId", 999999999, "does_not_exist"),
        ("categoryId", 0, "does_not_exist"),
        ("categoryId", 10**30, "does_not_exist"),
        ("categoryId", "1", "invalid"),
        ("categoryId", True, "invalid"),
        ("categoryId", None, "null"),
        ("categoryId", {"id": 1}, "invalid"),
        ("tagIds", [999999999], "does_not_exist"),
        ("tagIds", [10**30], "does_not_exist"),
        ("tagIds", ["abc"], "invalid"),
        ("tagIds", [None], "invalid"),
        ("tagIds", 1, "invalid"),
        ("tagIds", {}, "invalid"),
        ("tagIds", None, "null"),
        ("details", 10**30, "invalid"),
        ("details", {"a": [10**400]}, "invalid"),
        ("details", [2**63], "invalid"),
        ("name", "x" * 121, "max_length"),
    ],
)
def test_what_no_field_takes(staff: Client, rows: Rows, key: str, value: Any, code: str) -> None:
    where = path("shop/products", rows.make("shop/products"))
    problem(staff.patch(where, {key: value}), 422, key, code)
    problem(staff.post(PRODUCTS, rows.body("shop/products", **{key: value})), 422, key, code)


@pytest.mark.parametrize("missing", ["name", "price", "stock", "categoryId"])
def test_what_is_required(staff: Client, rows: Rows, missing: str) -> None:
    body = {k: v for k, v in rows.body("shop/products").items() if k != missing}
    problem(staff.post(PRODUCTS, body), 422, missing, "required")


def test_a_long_address(rows: Rows) -> None:
    address = f"https://example.com/{'x' * 480}"
    assert rows.make("shop/suppliers", website=address)["website"] == address


def test_the_largest_price(rows: Rows) -> None:
    assert rows.make("shop/products", price="99999999.99")["price"] == "99999999.99"
    assert rows.make("shop/products", price="-0.01")["price"] == "-0.01"
    assert rows.make("shop/products", price=0)["price"] == "0.00"


def test_every_other_type_as_it_is_read(staff: Client, rows: Rows) -> None:
    values: dict[str, Any] = {
        "website": "https://example.com/a?b=c",
        "active": True,
        "opensAt": "08:30:00",
        "code": "0b8f3d0e-3c1c-4c0e-9d8e-2f1f6e1d2c3b",
        "rating": 4.25,
        "volume": 2**40,
        "size": "large_firm",
    }
    supplier = rows.make("shop/suppliers", **values)
    assert {key: supplier[key] for key in values} == values
    assert data(staff.get(path("shop/suppliers", supplier))) == supplier
    bare = rows.make("shop/suppliers")
    assert bare["active"] is False
    absent = ("website", "opensAt", "code", "rating", "volume")
    assert {key: bare[key] for key in absent} == dict.fromkeys(absent)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("email", "nobody", "invalid"),
        ("email", None, "null"),
        ("email", "", "blank"),
        ("website", "example", "invalid"),
        ("website", "", "blank"),
        ("website", "ftp://example.com/", "invalid"),
        ("website", "javascript:alert(1)", "invalid"),
        ("website", "https://example.com\n", "invalid"),
        ("active", "true", "invalid"),
        ("active", 1, "invalid"),
        ("active", None, "null"),
        ("opensAt", "25:00", "invalid"),
        ("opensAt", "08:30:00Z", "invalid"),
        ("code", "1234", "invalid"),
        ("rating", "1.5", "invalid"),
        ("rating", True, "invalid"),
        ("rating", "NaN", "invalid"),
        ("volume", 10**30, "max_value"),
        ("volume", "5", "invalid"),
        ("size", "medium", "invalid_choice"),
    ],
)
def test_what_no_other_type_takes(
    staff: Client, rows: Rows, key: str, value: Any, code: str
) -> None:
    where = path("shop/suppliers", rows.make("shop/suppliers"))
    problem(staff.patch(where, {key: value}), 422, key, code)


def test_unique_fields_of_other_types(staff: Client, rows: Rows) -> None:
    email = rows.make("shop/suppliers")["email"]
    body = rows.body("shop/suppliers", email=email)
    problem(staff.post("/api/v1/shop/suppliers/", body), 422, "email", "unique")
    name = rows.make("shop/tags", name=word())["name"]
    problem(staff.post("/api/v1/shop/tags/", {"name": name}), 422, "name", "unique")

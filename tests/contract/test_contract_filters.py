"""Filters of the API's lists."""

import pytest

from .client import Client, data, problem
from .listing import listed, numbers
from .rows import Row, Rows, word

POSTS = "/api/v1/blog/posts/"
PRODUCTS = "/api/v1/shop/products/"


@pytest.fixture(scope="module")
def products(rows: Rows) -> list[Row]:
    """Three products of one category, priced so that text and numbers sort differently."""
    category = rows.make("shop/categories")["id"]
    made = [("100.00", 1), ("9.50", 20), ("10.00", 3)]
    return [
        rows.make("shop/products", price=price, stock=stock, categoryId=category)
        for price, stock in made
    ]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("status", "published", [3, 4]),
        ("publishedAt__gte", "2026-01-03T12:00:00Z", [2, 3, 4]),
        ("publishedAt__lte", "2026-01-03T12:00:00Z", [1, 2]),
        ("publishedAt__gte", "2026-01-03T13:00:00+01:00", [2, 3, 4]),
        ("publishedAt", "2026-01-02T12:00:00Z", [1]),
        ("title__contains", " 4", [4]),
        ("createdAt__gte", "2000-01-01T00:00:00Z", [0, 1, 2, 3, 4]),
        ("createdAt__lte", "2000-01-01T00:00:00Z", []),
    ],
)
def test_filters(visitor: Client, mark: str, name: str, value: str, found: list[int]) -> None:
    assert numbers(listed(visitor, POSTS, search=mark, **{name: value})) == found


def test_filters_meet(visitor: Client, mark: str) -> None:
    query = {"status": "published", "publishedAt__lte": "2026-01-04T12:00:00Z"}
    assert numbers(listed(visitor, POSTS, search=mark, **query)) == [3]


def test_filter_by_the_author(visitor: Client, demo: Client, rows: Rows) -> None:
    own = rows.make("blog/posts", demo)
    mine = listed(visitor, POSTS, authorId=own["author"]["id"], title=own["title"])
    assert [row["id"] for row in mine["results"]] == [own["id"]]
    for unknown in (999999999, 0):
        assert listed(visitor, POSTS, authorId=unknown)["count"] == 0
    staff = rows.make("blog/posts")["author"]["id"]
    assert listed(visitor, POSTS, authorId=staff, title=own["title"])["count"] == 0


@pytest.mark.parametrize(
    ("query", "prices"),
    [
        ("ordering=price", ["9.50", "10.00", "100.00"]),
        ("ordering=-stock", ["9.50", "10.00", "100.00"]),
        ("price__gte=10&ordering=price", ["10.00", "100.00"]),
        ("price__lte=10.00&ordering=price", ["9.50", "10.00"]),
        ("price=9.5", ["9.50"]),
        ("stock__gte=3&ordering=stock", ["10.00", "9.50"]),
        ("stock=1", ["100.00"]),
    ],
)
def test_numbers_compare_asnumbers(
    visitor: Client, products: list[Row], query: str, prices: list[str]
) -> None:
    category = products[0]["category"]["id"]
    body = data(visitor.get(f"{PRODUCTS}?categoryId={category}&{query}"))
    assert [row["price"] for row in body["results"]] == prices


@pytest.mark.parametrize(
    "query", ["price__gte=abc", "stock=1.5", "stock=1.0", "releasedOn=32", "tagIds=x"]
)
def test_bad_values_of_other_types(visitor: Client, query: str) -> None:
    problem(visitor.get(f"{PRODUCTS}?{query}"), 400, query.partition("=")[0])


def test_filter_by_many_to_many(visitor: Client, rows: Rows) -> None:
    one, two = rows.make("shop/tags")["id"], rows.make("shop/tags")["id"]
    both = rows.make("shop/products", tagIds=[one, two])
    rows.make("shop/products", tagIds=[one])
    assert listed(visitor, PRODUCTS, tagIds=one)["count"] == 2
    found = listed(visitor, PRODUCTS, tagIds=two)
    assert [row["id"] for row in found["results"]] == [both["id"]]
    assert found["count"] == 1


def test_filter_by_a_date_and_a_truth(visitor: Client, rows: Rows) -> None:
    name = word()
    rows.make("shop/products", name=name, releasedOn="2026-02-01")
    assert listed(visitor, PRODUCTS, name=name, releasedOn__gte="2026-02-01")["count"] == 1
    assert listed(visitor, PRODUCTS, name=name, releasedOn__lte="2026-01-31")["count"] == 0
    supplier = rows.make("shop/suppliers", active=True)
    path = "/api/v1/shop/suppliers/"
    assert listed(visitor, path, name=supplier["name"], active="true")["count"] == 1
    assert listed(visitor, path, name=supplier["name"], active="false")["count"] == 0
    for bad in ("perhaps", "1", "True"):
        problem(visitor.get(f"{path}?active={bad}"), 400, "active")


@pytest.mark.parametrize(
    "query",
    [
        "products/?search=%00",
        "products/?name=%00",
        "products/?price=123456789.01",
        f"products/?stock={2**31}",
        f"products/?stock__lte={2**31}",
        f"products/?stock__gte={-(2**31) - 1}",
        f"suppliers/?volume={2**63}",
        f"suppliers/?volume__gte={-(2**63) - 1}",
    ],
)
def test_what_no_row_can_hold_is_a_bad_value(visitor: Client, query: str) -> None:
    name = query.partition("?")[2].partition("=")[0]
    problem(visitor.get(f"/api/v1/shop/{query}"), 400, name)


def test_an_unknown_id_finds_nothing(visitor: Client) -> None:
    for value in (0, -1, 2**31, 2**63, 10**30):
        for name in ("id", "categoryId", "tagIds"):
            assert listed(visitor, PRODUCTS, **{name: value})["count"] == 0

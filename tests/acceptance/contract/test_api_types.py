"""Every type of the grammar through the API."""

from datetime import datetime
from typing import Any

import pytest

from tests.acceptance.contract.client import Client, data, invalid, problem
from tests.acceptance.contract.rows import Rows, path, word

pytestmark = pytest.mark.usefixtures("depot")
ARTICLES = "/api/v1/depot/articles/"


@pytest.fixture
def values(rows: Rows) -> dict[str, Any]:
    """A valid article."""
    return {
        "name": word(),
        "summary": "first\nsecond",
        "stock": 3,
        "views": 2**40,
        "weight": 4.25,
        "price": "0.00",
        "active": True,
        "releasedOn": "2026-01-31",
        "opensAt": "08:30:00",
        "checkedAt": "2026-01-02T03:04:05Z",
        "code": "0b8f3d0e-3c1c-4c0e-9d8e-2f1f6e1d2c3b",
        "contact": f"{word()}@example.com",
        "website": "https://example.com/a?b=c",
        "handle": "a-handle",
        "details": {"snake_key": {"camelKey": [1, None, {"Deep_Key": "x"}]}, "a b": 0.5},
        "size": "large_box",
        "shelfId": rows.create("depot/shelves")["id"],
        "relatedIds": [],
    }


def test_values_read_as_they_were_written(staff: Client, values: dict[str, Any]) -> None:
    article = data(staff.post(ARTICLES, values), 201)
    written = {k: v for k, v in values.items() if k not in ("shelfId", "relatedIds", "checkedAt")}
    assert {key: article[key] for key in written} == written
    assert datetime.fromisoformat(article["checkedAt"]) == datetime.fromisoformat(
        values["checkedAt"]
    )
    assert article["rank"] == 0
    assert "secret" not in article
    assert data(staff.get(path("depot/articles", article))) == article


def test_what_is_left_out(staff: Client) -> None:
    draft = data(staff.post("/api/v1/depot/drafts/", {}), 201)
    texts = ("name", "summary", "contact", "website")
    assert {key: draft[key] for key in texts} == dict.fromkeys(texts, "")
    others = (
        "stock",
        "views",
        "weight",
        "price",
        "releasedOn",
        "opensAt",
        "checkedAt",
        "code",
        "details",
        "size",
        "shelf",
        "parent",
    )
    assert {key: draft[key] for key in others} == dict.fromkeys(others)
    assert draft["active"] is False


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("summary", ""),
        ("stock", 1001),
        ("stock", -1),
        ("views", 2**63),
        ("weight", "NaN"),
        ("weight", "heavy"),
        ("price", "-0.01"),
        ("active", "maybe"),
        ("releasedOn", "2026-02-30"),
        ("opensAt", "25:00"),
        ("checkedAt", "soon"),
        ("code", "1234"),
        ("contact", "nobody"),
        ("website", "javascript:alert(1)"),
        ("handle", "no handle!"),
        ("size", "medium"),
        ("shelfId", 999999999),
        ("relatedIds", [999999999]),
        ("relatedIds", "x"),
        ("secret", "x"),
    ],
)
def test_values_that_are_not_valid(
    staff: Client, values: dict[str, Any], field: str, value: Any
) -> None:
    invalid(staff.post(ARTICLES, values | {field: value}), field)


@pytest.mark.parametrize("field", ["stock", "views", "shelfId"])
def test_numbers_that_no_column_holds(staff: Client, values: dict[str, Any], field: str) -> None:
    problem(staff.post(ARTICLES, values | {field: 10**30}), 400, 422)


@pytest.mark.parametrize("value", [[], {}, [1, "a", None], "text", 0, False, 1.5, {"": []}])
def test_any_json_reads_as_it_was_written(staff: Client, rows: Rows, value: Any) -> None:
    draft = rows.create("depot/drafts", details=value)
    found = data(staff.get(path("depot/drafts", draft)))["details"]
    assert (found, type(found)) == (value, type(value))


def test_rows_refer_to_themselves_and_in_a_circle(
    staff: Client, rows: Rows, values: dict[str, Any]
) -> None:
    draft = rows.create("depot/drafts")
    where = path("depot/drafts", draft)
    assert data(staff.patch(where, {"parentId": draft["id"]}))["parent"]["id"] == draft["id"]
    article = data(staff.post(ARTICLES, values), 201)
    where = path("depot/articles", article)
    assert data(staff.patch(where, {"relatedIds": [article["id"]]}))["related"] == [
        {"id": article["id"], "label": article["name"]}
    ]
    shelf = path("depot/shelves", {"id": article["shelf"]["id"]})
    assert data(staff.patch(shelf, {"newestId": article["id"]}))["newest"]["id"] == article["id"]
    problem(staff.get(f"{ARTICLES}?size=nope"), 400)

"""Lists of the API: envelope, pages, search, order, filters."""

from typing import Any

import pytest

from tests.acceptance.contract.client import Client, data, problem
from tests.acceptance.contract.rows import Rows, word

POSTS = "/api/v1/blog/posts/"
ENVELOPE = {"count", "page", "pageSize", "pages", "results"}


@pytest.fixture(scope="module")
def mark(rows: Rows) -> str:
    """A word in the titles of five posts, numbered 0 to 4, of which 3 and 4 are published."""
    mark = word()
    for number in range(5):
        status = "published" if number >= 3 else "draft"
        published_at = f"2026-01-0{number + 1}T12:00:00Z"
        title = f"{mark} {number}"
        rows.create("blog/posts", title=title, status=status, publishedAt=published_at)
    return mark


def list_posts(client: Client, **query: Any) -> Any:
    body = data(client.get(POSTS, params=query))
    assert set(body) == ENVELOPE
    return body


def numbers(body: Any) -> list[int]:
    return [int(row["title"].rpartition(" ")[2]) for row in body["results"]]


@pytest.mark.usefixtures("mark")
def test_the_envelope(visitor: Client) -> None:
    body = list_posts(visitor)
    assert (body["page"], body["pageSize"]) == (1, 20)
    assert len(body["results"]) == min(20, body["count"])
    assert body["pages"] == max(1, -(-body["count"] // 20))


def test_pages_hold_every_row_once(visitor: Client, mark: str) -> None:
    pages = [list_posts(visitor, search=mark, pageSize=2, page=page) for page in (1, 2, 3)]
    assert [(page["count"], page["pages"], page["page"]) for page in pages] == [
        (5, 3, 1),
        (5, 3, 2),
        (5, 3, 3),
    ]
    assert sorted(number for page in pages for number in numbers(page)) == [0, 1, 2, 3, 4]


def test_a_page_holds_at_most_100_rows(visitor: Client) -> None:
    assert list_posts(visitor, pageSize=100)["pageSize"] == 100
    response = visitor.get(POSTS, params={"pageSize": 101})
    assert response.status_code == 400 or data(response)["pageSize"] <= 100


@pytest.mark.parametrize("page", ["4", "99999999999999999999999"])
def test_a_page_beyond_the_last(visitor: Client, mark: str, page: str) -> None:
    problem(visitor.get(POSTS, params={"search": mark, "pageSize": 2, "page": page}), 404)


def test_no_rows_are_one_empty_page(visitor: Client) -> None:
    body = list_posts(visitor, search=word())
    assert (body["count"], body["pages"], body["results"]) == (0, 1, [])


def test_search_ignores_case_and_takes_signs_literally(visitor: Client, rows: Rows) -> None:
    mark = word()
    rows.create("blog/posts", title=f"{mark} 100% sure")
    rows.create("blog/posts", title=f"{mark} 100 sure")
    assert list_posts(visitor, search=mark.upper())["count"] == 2
    assert list_posts(visitor, search=f"{mark} 100%")["count"] == 1


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("title", [0, 1, 2, 3, 4]),
        ("-title", [4, 3, 2, 1, 0]),
        ("-publishedAt,title", [4, 3, 2, 1, 0]),
    ],
)
def test_order(visitor: Client, mark: str, ordering: str, expected: list[int]) -> None:
    assert numbers(list_posts(visitor, search=mark, ordering=ordering)) == expected


@pytest.mark.parametrize("ordering", ["nothing", "published_at", "author__email", "password"])
def test_an_order_that_is_not_listed(visitor: Client, ordering: str) -> None:
    problem(visitor.get(POSTS, params={"ordering": ordering}), 400)


def test_filters(visitor: Client, mark: str, rows: Rows, ada: Client) -> None:
    assert list_posts(visitor, search=mark, status="published")["count"] == 2
    own = rows.create("blog/posts", ada, title=mark)
    found = list_posts(visitor, search=mark, authorId=own["author"]["id"])
    assert [row["id"] for row in found["results"]] == [own["id"]]


@pytest.mark.parametrize(
    "query", [{"status": "nope"}, {"authorId": "x"}, {"authorId": "-1e9999999"}, {"page": "x"}]
)
def test_bad_values_of_a_query(visitor: Client, query: dict[str, str]) -> None:
    problem(visitor.get(POSTS, params=query), 400, 404)

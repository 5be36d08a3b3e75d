"""Lists of the API: envelope, pages, search, ordering, filters."""

import math

import pytest

from .client import Client, data, problem
from .listing import listed, numbers
from .rows import Rows, word

POSTS = "/api/v1/blog/posts/"


@pytest.mark.usefixtures("mark")
def test_the_envelope_without_any_query(visitor: Client) -> None:
    body = listed(visitor, POSTS)
    assert (body["page"], body["pageSize"]) == (1, 20)
    assert body["pages"] == math.ceil(body["count"] / 20)
    assert len(body["results"]) == min(20, body["count"])
    ids = [row["id"] for row in body["results"]]
    assert ids == sorted(ids), "the default order is by id"


def test_pages_cover_all_rows_once(visitor: Client, mark: str) -> None:
    pages = [listed(visitor, POSTS, search=mark, pageSize=2, page=page) for page in (1, 2, 3)]
    assert [page["page"] for page in pages] == [1, 2, 3]
    assert {(page["count"], page["pageSize"], page["pages"]) for page in pages} == {(5, 2, 3)}
    assert [numbers(page) for page in pages] == [[0, 1], [2, 3], [4]]


@pytest.mark.parametrize("page", ["4", "999999999", "99999999999999999999999"])
def test_a_page_beyond_the_last_is_not_there(visitor: Client, mark: str, page: str) -> None:
    problem(visitor.get(f"{POSTS}?search={mark}&pageSize=2&page={page}"), 404)


def test_no_row_is_one_empty_page(visitor: Client) -> None:
    body = listed(visitor, POSTS, search=word())
    assert body == {"count": 0, "page": 1, "pageSize": 20, "pages": 1, "results": []}


def test_of_a_name_given_twice_the_last_value_counts(visitor: Client) -> None:
    assert data(visitor.get(f"{POSTS}?pageSize=1&pageSize=2"))["pageSize"] == 2
    found = data(visitor.get(f"{POSTS}?status=draft&status=published"))["results"]
    assert {row["status"] for row in found} <= {"published"}


@pytest.mark.parametrize("query", ["pageSize=100", "pageSize=1", "page=1"])
def test_the_bounds_of_paging_are_inside(visitor: Client, query: str) -> None:
    data(visitor.get(f"{POSTS}?{query}"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pageSize", "101"),
        ("pageSize", "0"),
        ("pageSize", "-1"),
        ("pageSize", "abc"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "abc"),
        ("page", "1.5"),
        ("page", "1.0"),
        ("ordering", "nothing"),
        ("ordering", "title,nothing"),
        ("ordering", "--title"),
        ("ordering", "published_at"),
        ("ordering", "body"),
        ("status", "nope"),
        ("status", ""),
        ("publishedAt", ""),
        ("authorId", ""),
        ("authorId", "abc"),
        ("publishedAt", "yesterday"),
        ("publishedAt__gte", "2026-13-01T00:00:00Z"),
        ("createdAt__lte", "x"),
    ],
)
def test_a_bad_value_of_a_known_name(visitor: Client, name: str, value: str) -> None:
    problem(visitor.get(f"{POSTS}?{name}={value}"), 400, name)


@pytest.mark.parametrize(
    "query",
    ["nothing=1", "published_at__gte=x", "page_size=1", "status__gte=x", "title__regex=("],
)
def test_an_unknown_name_is_ignored(visitor: Client, mark: str, query: str) -> None:
    assert listed(visitor, POSTS, search=mark)["count"] == 5
    body = data(visitor.get(f"{POSTS}?search={mark}&{query}"))
    assert (body["count"], body["pageSize"]) == (5, 20)


def test_search_ignores_case_and_takes_signs_literally(visitor: Client, rows: Rows) -> None:
    mark = word()
    rows.make("blog/posts", title=f"{mark} 100% sure")
    rows.make("blog/posts", title=f"{mark} 100 sure", body="under_score")
    assert listed(visitor, POSTS, search=mark.upper())["count"] == 2
    assert listed(visitor, POSTS, search=f"{mark} 100%")["count"] == 1
    assert listed(visitor, POSTS, search=f"{mark} 100_")["count"] == 0
    assert listed(visitor, POSTS, title__contains=f"{mark} 100%")["count"] == 1


def test_search_finds_every_word_wherever_it_stands(visitor: Client, rows: Rows) -> None:
    one, two = word(), word()
    rows.make("blog/posts", title=f"{one} and {two}")
    rows.make("blog/posts", title=one, body=f"a {two} b")
    rows.make("blog/posts", title=one)
    for text in (f"{one} {two}", f" {two}  {one} "):
        assert listed(visitor, POSTS, search=text)["count"] == 2, text
    assert len(visitor.page(f"/blog/posts/?search={two}+{one}").soup.select("tbody tr")) == 2


def test_search_covers_every_text(visitor: Client, rows: Rows) -> None:
    body, slug = word(), word()
    rows.make("blog/posts", body=f"a {body} b")
    rows.make("blog/posts", slug=slug)
    assert listed(visitor, POSTS, search=body)["count"] == 1
    assert listed(visitor, POSTS, search=slug)["count"] == 1
    supplier = rows.make("shop/suppliers", website=f"https://{word()}.example/")
    host = supplier["website"].split("/")[2]
    assert listed(visitor, "/api/v1/shop/suppliers/", search=host)["count"] == 1
    assert listed(visitor, "/api/v1/shop/suppliers/", search=supplier["email"])["count"] == 1


@pytest.mark.parametrize(
    ("ordering", "order"),
    [
        ("title", [0, 1, 2, 3, 4]),
        ("-title", [4, 3, 2, 1, 0]),
        ("-id", [4, 3, 2, 1, 0]),
        ("status,-title", [2, 1, 0, 4, 3]),
        ("-status,title", [3, 4, 0, 1, 2]),
        ("createdAt,id", [0, 1, 2, 3, 4]),
    ],
)
def test_ordering(visitor: Client, mark: str, ordering: str, order: list[int]) -> None:
    assert numbers(listed(visitor, POSTS, search=mark, ordering=ordering)) == order


def test_ordering_by_a_column_with_absent_values(visitor: Client, mark: str) -> None:
    first = numbers(listed(visitor, POSTS, search=mark, ordering="publishedAt"))
    last = numbers(listed(visitor, POSTS, search=mark, ordering="-publishedAt"))
    assert (first, last) == ([1, 2, 3, 4, 0], [0, 4, 3, 2, 1]), "absent values are the largest"

"""Others see the name of a user; the address is for the person and for staff."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from .client import DEMO_NAME, PASSWORD, Client, data, expect, html, problem
from .listing import listed
from .markup import Page
from .rows import Rows, word

SIGN_UP = "/accounts/signup/"
SECRET = "correct-horse-1"
PEOPLE = ("demo@example.com", "staff@example.com")
MOST = 150  # pages of a walk: enough for every kind, whatever other tests have added


def _sign_up(client: Client, name: str, email: str) -> int:
    """Send the form of sign-up; answers the status."""
    form = client.page(SIGN_UP).form()
    values = form.fill_types({"text": name, "email": email, "password": SECRET})
    origin = {"Referer": client.base.replace("http:", "https:") + SIGN_UP}
    return client.send("POST", SIGN_UP, data=values, headers=origin).status_code


@pytest.fixture
def newcomer(base: str) -> Iterator[tuple[Client, str, str]]:
    """A program of somebody who has just signed up, with name and address."""
    name, email = f"{word()} <b onclick=x>", f"{word()}@example.com"
    browser = Client(base)
    assert _sign_up(browser, name, email) in (302, 303)
    answer = Client(base).post("/api/v1/auth/token/", {"email": email, "password": SECRET})
    client = Client(base, data(answer, 201)["token"])
    yield client, name, email
    client.close()
    browser.close()


def _walk(visitor: Client) -> Iterator[tuple[str, str]]:
    """Every page that links lead to from the first one, with its address."""
    waiting, known = ["/"], {"/"}
    while waiting and len(known) < MOST:
        where = waiting.pop(0)
        answer = visitor.get(where)
        yield where, f"{answer.headers} {answer.text}"
        for link in Page(answer.text).links():
            there = urldefrag(urljoin(where, link)).url
            if there not in known and not urlsplit(there).netloc:
                known.add(there)
                waiting.append(there)


def _read(visitor: Client) -> Iterator[tuple[str, str]]:
    """Every list of the API, and its last rows, with their addresses."""
    document = visitor.get("/api/openapi.json")
    yield "/api/openapi.json", document.text
    for path, operations in document.json()["paths"].items():
        if "get" in operations and "{" not in path:
            answer = visitor.get(f"{path}?ordering=-id")
            yield path, f"{answer.headers} {answer.text}"
            for row in answer.json().get("results", ())[:3]:
                yield f"{path}{row['id']}/", visitor.get(f"{path}{row['id']}/").text


def test_no_visitor_reads_the_address_of_a_user(
    visitor: Client, demo: Client, rows: Rows, newcomer: tuple[Client, str, str]
) -> None:
    client, name, email = newcomer
    made = [rows.make("blog/posts", who) for who in (None, demo, client)]
    rows.make("shop/reviews", client)
    rows.make("shop/suppliers", contactId=made[1]["author"]["id"])
    answers = [*_walk(visitor), *_read(visitor)]
    answers += [(p, visitor.page(p).source) for p in (f"/blog/posts/{row['id']}/" for row in made)]
    for where, text in answers:
        for address in (*PEOPLE, email):
            assert address not in text.lower(), f"{where} shows {address} to everybody"
    for start in ("/blog/posts/", "/api/v1/blog/posts/", "/api/v1/shop/suppliers/"):
        found = [text for where, text in answers if where.startswith(start)]
        assert any(DEMO_NAME in text for text in found), f"no name under {start}: nothing is proven"
    assert any(name in text for _, text in answers)


def test_nobody_is_found_by_address(visitor: Client, demo: Client, rows: Rows) -> None:
    post = rows.make("blog/posts", demo)
    rows.make("shop/reviews", demo)
    rows.make("shop/suppliers", contactId=post["author"]["id"])
    for kind in ("blog/posts", "shop/reviews", "shop/suppliers"):
        for term in (PEOPLE[0], "demo@"):
            assert listed(visitor, f"/api/v1/{kind}/", search=term)["count"] == 0
            assert visitor.page(f"/{kind}/?search={term}").soup.select_one(".empty")
    everything = listed(visitor, "/api/v1/blog/posts/")["count"]
    for query in ("author__email", "author__email__contains", "authorEmail", "email"):
        found = listed(visitor, "/api/v1/blog/posts/", **{query: PEOPLE[1]})["count"]
        assert found == everything, f"{query} filters by the address"
    for order in ("author__email", "authorEmail", "email", "author"):
        problem(visitor.get(f"/api/v1/blog/posts/?ordering={order}"), 400, "ordering")


def test_a_name_is_what_others_see(visitor: Client, newcomer: tuple[Client, str, str]) -> None:
    client, name, email = newcomer
    me = data(client.get("/api/v1/auth/me/"))
    assert (me["name"], me["email"]) == (name, email)
    body = {"title": word(), "body": "x", "status": "draft"}
    post = data(client.post("/api/v1/blog/posts/", body), 201)
    assert post["author"] == {"id": me["id"], "label": name}
    page = visitor.page(f"/blog/posts/{post['id']}/")
    assert name in page.text
    assert not page.soup.select("[onclick]")


def test_a_name_is_needed_to_sign_up(visitor: Client) -> None:
    page = visitor.page(SIGN_UP)
    assert "name" in page.form().labels
    assert "Others see this name." in page.text
    for name in ("", "   ", "x" * 81, "a\0b"):
        assert _sign_up(visitor, name, f"{word()}@example.com") == 422, repr(name)
    problem(visitor.get("/api/v1/auth/me/"), 401)


def test_a_choice_of_users_shows_names(
    demo_browser: Client, staff_browser: Client, rows: Rows
) -> None:
    supplier = rows.make("shop/suppliers")
    where = f"/shop/suppliers/{supplier['id']}/edit/"
    expect(demo_browser.get(where), 403)
    choices = staff_browser.page(where).form().labels["contact"].get_text(" ")
    assert DEMO_NAME in choices
    assert "@" not in choices


def test_the_person_and_staff_read_the_address(
    demo_browser: Client, staff_browser: Client, demo: Client
) -> None:
    page = html(demo_browser.get("/"))
    assert PEOPLE[0] in page.source
    assert PEOPLE[0] not in str(page.main)
    users = staff_browser.page("/admin/accounts/user/").source
    for text in (*PEOPLE, DEMO_NAME):
        assert text in users, f"the admin does not list {text}"
    answer = demo.post("/api/v1/auth/token/", {"email": PEOPLE[0], "password": PASSWORD})
    assert PEOPLE[0] not in expect(answer, 201).text

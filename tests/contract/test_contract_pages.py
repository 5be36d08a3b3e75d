"""The pages of a resource, as a person with a browser meets them."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from .client import DEMO_NAME, Client, data, expect, html, redirect
from .rows import Rows, path, word

LIST = "/blog/posts/"


def _id(address: str) -> int:
    return int(urlsplit(address).path.rstrip("/").rpartition("/")[2])


def _titles(client: Client, query: str = "") -> str:
    return client.page(f"{LIST}{query}").main.get_text(" ", strip=True)


def test_the_list_finds_by_search(visitor: Client, rows: Rows) -> None:
    one, other = rows.make("blog/posts"), rows.make("blog/posts")
    found = _titles(visitor, f"?search={one['title']}")
    assert one["title"] in found
    assert other["title"] not in found
    page = visitor.page(f"{LIST}?search={one['title']}")
    assert page.soup.select_one(f"input[name=search][value='{one['title']}']"), "search forgot"


def test_the_list_has_20_rows_a_page_and_keeps_the_search(visitor: Client, rows: Rows) -> None:
    mark = word()
    for number in range(21):
        rows.make("blog/posts", title=f"{mark} {number:02}")
    page = visitor.page(f"{LIST}?search={mark}")
    assert len(page.soup.select("table.table tbody tr")) == 20
    following = [link for link in page.links() if "page=2" in link]
    assert following, "no link to page 2"
    assert mark in following[0], f"the link to page 2 forgot the search: {following[0]}"
    rest = visitor.page(f"{LIST}?search={mark}&page=2")
    assert len(rest.soup.select("table.table tbody tr")) == 1
    html(visitor.get(f"{LIST}?search={mark}&page=3"), 404)
    html(visitor.get(f"{LIST}?page=999999999999999999999"), 404)


def test_a_list_without_rows_says_so(visitor: Client) -> None:
    page = visitor.page(f"{LIST}?search={word()}")
    assert page.soup.select_one(".empty"), "an empty list shows nothing"


def test_the_detail_page_shows_the_row_and_its_author(visitor: Client, rows: Rows) -> None:
    post = rows.make("blog/posts", body="first line\nsecond line")
    text = visitor.page(f"{LIST}{post['id']}/").text
    assert post["title"] in text
    assert "second line" in text
    assert post["author"]["label"] in text


def test_markup_in_a_row_is_shown_not_run(visitor: Client, rows: Rows) -> None:
    nasty = f"{word()}<script>alert(1)</script><b onclick=x>"
    post = rows.make("blog/posts", title=nasty, body=nasty)
    for where in (f"{LIST}{post['id']}/", f"{LIST}?search={post['title'][:12]}"):
        page = visitor.page(where)
        assert not page.blocked(), f"{where} carries markup of a row: {page.blocked()}"
        assert nasty in page.soup.get_text(), f"{where} does not show the title as written"


@pytest.mark.parametrize("where", ["new/", "{id}/edit/", "{id}/delete/"])
def test_a_visitor_is_sent_to_the_login(visitor: Client, rows: Rows, where: str) -> None:
    wanted = LIST + where.format(id=rows.make("blog/posts")["id"])
    target = redirect(visitor.get(wanted), "/accounts/login/")
    assert parse_qs(urlsplit(target).query).get("next") == [wanted], target


def test_only_the_owner_gets_at_the_forms(demo_browser: Client, rows: Rows, demo: Client) -> None:
    foreign, own = rows.make("blog/posts"), rows.make("blog/posts", demo)
    for action in ("edit", "delete"):
        html(demo_browser.get(f"{LIST}{foreign['id']}/{action}/"), 403)
        html(demo_browser.get(f"{LIST}{own['id']}/{action}/"), 200)
    shown = demo_browser.page(f"{LIST}{foreign['id']}/").links()
    assert not [link for link in shown if link.endswith("/edit/")], "a button that leads to 403"
    html(demo_browser.get("/shop/products/new/"), 403)


def test_a_person_creates_changes_and_deletes(demo_browser: Client) -> None:
    title = word()
    values = {"title": title, "body": "text", "status": "draft"}
    made = demo_browser.submit(f"{LIST}new/", values)
    number = _id(made.headers["Location"])
    assert urlsplit(made.headers["Location"]).path == f"{LIST}{number}/"
    page = demo_browser.page(f"{LIST}{number}/")
    assert page.soup.select_one(".messages .message-success"), "no message after creating"
    assert DEMO_NAME in page.main.get_text(" "), "the author is not the one who signed in"
    changed = {"title": f"{title} b", "status": "published", "published at": "2026-03-04T05:06"}
    demo_browser.submit(f"{LIST}{number}/edit/", changed)
    post = data(demo_browser.get(f"/api/v1/blog/posts/{number}/"))
    assert (post["title"], post["status"]) == (f"{title} b", "published")
    assert post["publishedAt"] == "2026-03-04T05:06:00Z"
    assert post["slug"] == title, "an edit must not lose what it does not change"
    gone = demo_browser.submit(f"{LIST}{number}/delete/", {})
    assert urlsplit(gone.headers["Location"]).path == LIST
    html(demo_browser.get(f"{LIST}{number}/"), 404)


def test_an_edit_form_holds_what_is_stored(demo_browser: Client, demo: Client, rows: Rows) -> None:
    post = rows.make("blog/posts", demo, publishedAt="2026-03-04T05:06:07Z", status="published")
    demo_browser.submit(f"{LIST}{post['id']}/edit/", {})
    after = data(demo.get(path("blog/posts", post)))
    changed = {k for k in post if post[k] != after[k]} - {"updatedAt"}
    assert not changed, f"saving without a change altered {changed}: {post} → {after}"


def test_a_wrong_form_is_shown_again_with_its_errors(demo_browser: Client) -> None:
    values = {"title": " ", "body": "kept", "status": "draft", "slug": "no slug!"}
    page = html(demo_browser.submit(f"{LIST}new/", values, 422), 422)
    form = page.form()
    assert form.errors, f"no .errors in the form: {form.tag}"
    assert form.labels["body"].text.strip() == "kept", "what was typed is lost"
    assert form.labels["title"].get("aria-invalid") == "true", f"{form.labels['title']}"


def test_a_taken_slug_is_an_error_of_the_form(demo_browser: Client, rows: Rows) -> None:
    taken = rows.make("blog/posts")["slug"]
    values: dict[str, Any] = {"title": word(), "body": "x", "status": "draft", "slug": taken}
    assert html(demo_browser.submit(f"{LIST}new/", values, 422), 422).form().errors


def test_staff_fill_references_and_many_to_many(staff_browser: Client, rows: Rows) -> None:
    category, tags = rows.make("shop/categories"), [rows.make("shop/tags") for _ in range(3)]
    values = {
        "name": word(),
        "price": "12.30",
        "stock": "4",
        "category": str(category["id"]),
        "tags": [str(tag["id"]) for tag in tags[:2]],
        "released on": "2026-01-31",
        "details": '{"someKey": [1, null]}',
    }
    made = staff_browser.submit("/shop/products/new/", values)
    number = _id(made.headers["Location"])
    product = data(staff_browser.get(f"/api/v1/shop/products/{number}/"))
    assert product["category"] == {"id": category["id"], "label": category["name"]}
    assert {tag["id"] for tag in product["tags"]} == {tag["id"] for tag in tags[:2]}
    assert (product["price"], product["stock"]) == ("12.30", 4)
    assert product["releasedOn"] == "2026-01-31"
    assert product["details"] == {"someKey": [1, None]}
    staff_browser.submit(f"/shop/products/{number}/edit/", {"stock": "5"})
    after = data(staff_browser.get(f"/api/v1/shop/products/{number}/"))
    changed = {k for k in after if after[k] != product[k]} - {"updatedAt"}
    assert changed == {"stock"}, f"{product} → {after}"
    text = staff_browser.page(f"/shop/products/{number}/").text
    assert category["name"] in text
    assert tags[0]["name"] in text


def test_a_protected_delete_is_refused_on_the_page(staff_browser: Client, rows: Rows) -> None:
    product = rows.make("shop/products")
    where = f"/shop/categories/{product['category']['id']}/"
    html(staff_browser.submit(f"{where}delete/", {}, 409), 409)
    expect(staff_browser.get(where), 200)


def test_a_checkbox_is_set_and_cleared(staff_browser: Client, rows: Rows) -> None:
    supplier = rows.make("shop/suppliers", active=False)
    edit = f"/shop/suppliers/{supplier['id']}/edit/"
    where = path("shop/suppliers", supplier)
    box = staff_browser.page(edit).form().labels["active"]
    staff_browser.submit(edit, {"active": str(box.get("value", "on"))})
    assert data(staff_browser.get(where))["active"] is True
    staff_browser.submit(edit, {"active": None})
    assert data(staff_browser.get(where))["active"] is False

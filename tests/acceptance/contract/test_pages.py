"""The pages of a resource."""

from urllib.parse import urljoin, urlsplit

from tests.acceptance.contract.client import Client, data, describe, expect, html, redirect
from tests.acceptance.contract.rows import Rows, path, word

LIST = "/blog/posts/"


def test_a_list_searches_filters_and_has_pages(visitor: Client, rows: Rows) -> None:
    mark = word()
    for number in range(21):
        status = "published" if number == 20 else "draft"
        rows.create("blog/posts", title=f"{mark} {number:02}", status=status)
    page = visitor.page(f"{LIST}?search={mark}")
    assert page.main.get_text().count(mark) >= 20
    following = next(link for link in page.links() if "page=2" in link)
    assert mark in following, "the search is lost on the second page"
    assert mark in visitor.page(urljoin(LIST, following)).main.get_text()
    html(visitor.get(f"{LIST}?search={mark}&page=3"), 404)
    text = visitor.page(f"{LIST}?search={mark}&status=published").main.get_text()
    assert f"{mark} 20" in text
    assert f"{mark} 01" not in text
    assert visitor.page(f"{LIST}?search={word()}").soup.select_one(".empty")


def test_a_page_shows_a_row(visitor: Client, rows: Rows) -> None:
    post = rows.create("blog/posts", body="first line\nsecond line")
    text = visitor.page(f"{LIST}{post['id']}/").text
    assert post["title"] in text
    assert "second line" in text
    assert post["author"]["label"] in text


def test_create_edit_delete(ada_at_pages: Client) -> None:
    title = word()
    values = {"title": title, "body": "text", "status": "draft"}
    where = urlsplit(redirect(ada_at_pages.submit(f"{LIST}new/", values), LIST)).path
    page = ada_at_pages.page(where)
    assert title in page.text
    assert page.soup.select_one("[role=status]"), "no message"
    number = where.rstrip("/").rpartition("/")[2]
    changed = {"title": f"{title} b", "status": "published", "published at": "2026-03-04T05:06"}
    redirect(ada_at_pages.submit(f"{where}edit/", changed), where)
    post = data(ada_at_pages.get(f"/api/v1/blog/posts/{number}/"))
    assert (post["title"], post["status"], post["slug"]) == (f"{title} b", "published", title)
    assert post["publishedAt"].startswith("2026-03-04T05:06:00")
    redirect(ada_at_pages.submit(f"{where}delete/", {}), LIST)
    html(ada_at_pages.get(where), 404)


def test_saving_without_a_change_changes_nothing(
    ada_at_pages: Client, ada: Client, rows: Rows
) -> None:
    post = rows.create("blog/posts", ada, body="a\nb", publishedAt="2026-03-04T05:06:07Z")
    redirect(ada_at_pages.submit(f"{LIST}{post['id']}/edit/", {}), LIST)
    after = data(ada.get(path("blog/posts", post)))
    assert {key for key in post if post[key] != after[key]} <= {"updatedAt"}


def test_a_form_with_errors_keeps_what_was_typed(ada_at_pages: Client, rows: Rows) -> None:
    taken = rows.create("blog/posts")["slug"]
    for values in ({"title": " "}, {"slug": "no slug!"}, {"slug": taken}):
        filled = {"title": word(), "body": "kept", "status": "draft"} | values
        response = expect(ada_at_pages.submit(f"{LIST}new/", filled), 200, 422)
        form = html(response, response.status_code).form()
        assert form.errors, describe(response)
        assert form.labels["body"].text.strip() == "kept"


def test_references_in_forms(staff_at_pages: Client, staff: Client, rows: Rows) -> None:
    tags = [rows.create("catalog/tags") for _ in range(3)]
    chosen = [str(tag["id"]) for tag in tags[:2]]
    form = staff_at_pages.page("/catalog/products/new/").form()
    values = form.fill({"name": word(), "price": "12.30", "tags": chosen})
    where = redirect(staff_at_pages.send("POST", "/catalog/products/new/", data=values))
    number = urlsplit(where).path.rstrip("/").rpartition("/")[2]
    product = data(staff.get(f"/api/v1/catalog/products/{number}/"))
    assert {str(tag["id"]) for tag in product["tags"]} == set(chosen)
    assert product["price"] == "12.30"
    redirect(staff_at_pages.submit(f"/catalog/products/{number}/edit/", {"price": "1.00"}))
    after = data(staff.get(f"/api/v1/catalog/products/{number}/"))
    assert (after["price"], after["tags"]) == ("1.00", product["tags"])


def test_a_row_shows_what_belongs_to_it(ada_at_pages: Client, ada: Client, rows: Rows) -> None:
    order, product = rows.create("orders/orders", ada), rows.create("catalog/products")
    body = {"orderId": order["id"], "productId": product["id"], "quantity": 7}
    data(ada.post("/api/v1/orders/order-lines/", body), 201)
    page = ada_at_pages.page(f"/orders/orders/{order['id']}/")
    assert product["name"] in page.text


def test_a_row_in_use_is_not_deleted(staff_at_pages: Client, ada: Client, rows: Rows) -> None:
    order, product = rows.create("orders/orders", ada), rows.create("catalog/products")
    body = {"orderId": order["id"], "productId": product["id"], "quantity": 1}
    data(ada.post("/api/v1/orders/order-lines/", body), 201)
    where = f"/catalog/products/{product['id']}/"
    expect(staff_at_pages.submit(f"{where}delete/", {}), 200, 409, 422)
    html(staff_at_pages.get(where))

"""Many at once: a race is lost with an answer, never with a server error."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urljoin

import pytest
from requests import Response

from .client import Client, data, expect, problem, told
from .rows import Rows, path, word

CROWD = 8


def _at_once(like: Client, method: str, where: str, bodies: list[Any]) -> list[Response]:
    """Send all bodies together, each over a connection of its own."""
    clients = [Client(like.base, like.token) for _ in bodies]
    try:
        with ThreadPoolExecutor(len(bodies)) as pool:
            sent = [
                pool.submit(client.send, method, where, json=body)
                for client, body in zip(clients, bodies, strict=True)
            ]
            return [future.result() for future in sent]
    finally:
        for client in clients:
            client.close()


def test_one_of_many_gets_a_unique_value(demo: Client, rows: Rows) -> None:
    slug = word()
    bodies = [rows.body("blog/posts", slug=slug) for _ in range(CROWD)]
    answers = _at_once(demo, "POST", "/api/v1/blog/posts/", bodies)
    for answer in answers:
        assert answer.status_code in (201, 409, 422), told(answer)
        if answer.status_code != 201:
            problem(answer, answer.status_code)
    assert [answer.status_code for answer in answers].count(201) == 1


def test_many_with_one_title_get_different_slugs(demo: Client, rows: Rows) -> None:
    title = word()
    bodies = [rows.body("blog/posts", title=title) for _ in range(CROWD)]
    answers = _at_once(demo, "POST", "/api/v1/blog/posts/", bodies)
    for answer in answers:
        assert answer.status_code in (201, 409), told(answer)
    slugs = [data(answer, 201)["slug"] for answer in answers if answer.status_code == 201]
    assert slugs, "nobody won"
    assert len(set(slugs)) == len(slugs), slugs


def test_many_who_delete_one_row(demo: Client, rows: Rows) -> None:
    where = path("blog/posts", rows.make("blog/posts", demo))
    answers = _at_once(demo, "DELETE", where, [None] * CROWD)
    for answer in answers:
        assert answer.status_code in (204, 404, 409), told(answer)
    assert 204 in [answer.status_code for answer in answers]


def test_a_row_goes_while_others_refer_to_it(staff: Client, rows: Rows) -> None:
    category = rows.make("shop/categories")
    bodies = [rows.body("shop/products", categoryId=category["id"]) for _ in range(CROWD)]
    with ThreadPoolExecutor(1) as pool:
        client = Client(staff.base, staff.token)
        gone = pool.submit(client.delete, path("shop/categories", category))
        answers = _at_once(staff, "POST", "/api/v1/shop/products/", bodies)
        deleted = gone.result()
        client.close()
    assert deleted.status_code in (204, 409), told(deleted)
    for answer in answers:
        assert answer.status_code in (201, 409, 422), told(answer)
    if deleted.status_code == 204:
        assert 201 not in [answer.status_code for answer in answers], "products without a category"


def test_many_who_change_one_row_with_one_tag(demo: Client, rows: Rows) -> None:
    where = path("blog/posts", rows.make("blog/posts", demo))
    tag = demo.get(where).headers["ETag"]
    clients = [Client(demo.base, demo.token) for _ in range(CROWD)]
    with ThreadPoolExecutor(CROWD) as pool:
        sent = [
            pool.submit(client.patch, where, {"body": word()}, headers={"If-Match": tag})
            for client in clients
        ]
        answers = [future.result() for future in sent]
    for client in clients:
        client.close()
    for answer in answers:
        assert answer.status_code in (200, 409, 412), told(answer)
    won = [answer.status_code for answer in answers].count(200)
    assert won == 1, f"{won} writes with one tag were taken: updates are lost"


@pytest.mark.parametrize("_round", range(5))
def test_a_row_goes_while_its_page_is_edited(
    demo: Client, demo_browser: Client, rows: Rows, _round: int
) -> None:
    post = rows.make("blog/posts", demo)
    where, edit = path("blog/posts", post), f"/blog/posts/{post['id']}/edit/"
    form = demo_browser.page(edit).form().fill({"Title": word()})
    headers = {"Referer": urljoin(demo_browser.base.replace("http:", "https:"), edit)}
    clients = [Client(demo.base) for _ in range(CROWD)]
    for client in clients:
        client.session.cookies.update(demo_browser.session.cookies)
    with ThreadPoolExecutor(CROWD + 1) as pool:
        sent = [
            pool.submit(client.send, "POST", edit, data=form, headers=headers) for client in clients
        ]
        gone = pool.submit(demo.delete, where)
        answers = [future.result() for future in sent]
    for client in clients:
        client.close()
    expect(gone.result(), 204)
    for answer in answers:
        assert answer.status_code in (302, 303, 404, 409), told(answer)
    expect(demo.get(where), 404)

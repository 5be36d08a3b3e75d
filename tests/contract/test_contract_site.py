"""Home, health, errors as pages, headers, request ids, assets."""

import re
from urllib.parse import urljoin, urlsplit

import pytest

from .client import DEMO_NAME, Client, data, expect, html, problem, redirect, told

POSTS = "/api/v1/blog/posts/"
EVERYWHERE = (
    "/",
    "/health",
    "/blog/posts/",
    "/shop/products/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/api/docs/",
    POSTS,
    "/api/openapi.json",
    "/nothing/here/",
    "/api/v1/nothing/",
)
PAGES = tuple(path for path in EVERYWHERE if path != "/health" and "/v1/" not in path)


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_a_probe_answers_without_a_redirect(visitor: Client, path: str) -> None:
    expect(visitor.get(path), 200)


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_a_load_balancer_asks_without_tls_and_by_address(visitor: Client, path: str) -> None:
    headers = {"X-Forwarded-Proto": "http", "Host": "10.0.0.7:8000"}
    expect(visitor.get(path, headers=headers), 200)


def test_another_host_is_refused(visitor: Client) -> None:
    for path in ("/", "/nothing/", POSTS):
        expect(visitor.get(path, headers={"Host": "evil.example"}), 400)


def test_home_is_a_page_with_a_language_and_a_way_past_the_navigation(visitor: Client) -> None:
    page = visitor.page("/")
    assert page.soup.select_one("html[lang]"), "no <html lang>"
    assert page.soup.select_one("a.skip-link[href='#main']"), "no skip link to #main"
    assert page.soup.select_one("meta[name=viewport]"), "no viewport"
    assert page.main.find("h1"), "no h1"


def test_the_first_page_and_every_header_lead_to_the_lists(visitor: Client) -> None:
    links = [str(tag["href"]) for tag in visitor.page("/").main.select("section li a[href]")]
    assert {"/blog/posts/", "/shop/products/", "/shop/tags/"} <= set(links)
    page = visitor.page("/shop/tags/")
    header = page.soup.select("header nav a[href]")
    assert set(links) <= {tag["href"] for tag in header}, "there are few enough to show all"
    here = [tag["href"] for tag in header if tag.get("aria-current") == "page"]
    assert here == ["/shop/tags/"]


@pytest.mark.parametrize(
    "path",
    ["/blog/posts", "/blog/posts/new", "/accounts/login", POSTS.rstrip("/"), "/api/docs"],
)
def test_a_missing_last_slash_leads_to_the_canonical_path(visitor: Client, path: str) -> None:
    target = redirect(visitor.get(path), f"{path}/")
    assert urlsplit(target).path == f"{path}/"


def test_a_write_without_the_last_slash_is_not_turned_into_a_read(demo: Client) -> None:
    expect(demo.post(POSTS.rstrip("/"), {}), 307, 308, 404)


def test_what_is_not_there_is_a_page_outside_the_api_and_a_problem_inside(visitor: Client) -> None:
    page = html(visitor.get("/nothing/here/"), 404)
    assert page.main.find("h1"), "the 404 page has no heading"
    problem(visitor.get("/api/v1/nothing/"), 404)
    problem(visitor.get("/api/v1/blog/nothing/"), 404)
    html(visitor.get("/blog/posts/999999999/"), 404)


def test_a_request_without_proof_against_forgery_is_a_page_with_403(demo_browser: Client) -> None:
    html(demo_browser.send("POST", "/blog/posts/new/", data={"title": "x"}), 403)


def test_a_wrong_method_is_a_page_with_405(demo_browser: Client) -> None:
    token = demo_browser.page("/").token()
    headers = {"X-CSRFToken": token, "Referer": demo_browser.base.replace("http:", "https:")}
    answer = demo_browser.send("DELETE", "/blog/posts/", headers=headers)
    html(answer, 405)
    assert "GET" in answer.headers.get("Allow", ""), f"no Allow:{told(answer)}"


@pytest.mark.parametrize("path", EVERYWHERE)
def test_security_headers(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    headers = answer.headers
    policy = headers.get("Content-Security-Policy", "")
    assert "default-src" in policy, f"no content security policy:{told(answer)}"
    for weak in ("unsafe-inline", "unsafe-eval", "http:", " *"):
        assert weak not in policy, f"{weak!r} in the policy of {path}: {policy}"
    framed = "frame-ancestors 'none'" in policy or headers.get("X-Frame-Options") == "DENY"
    assert framed, f"{path} may be framed: {dict(headers)}"
    assert headers.get("X-Content-Type-Options") == "nosniff", f"{path}: {dict(headers)}"
    safe = {"same-origin", "no-referrer", "strict-origin", "strict-origin-when-cross-origin"}
    assert headers.get("Referrer-Policy") in safe, f"{path}: {dict(headers)}"


@pytest.mark.parametrize("path", [p for p in PAGES if p != "/api/openapi.json"])
def test_pages_keep_the_policy_and_load_only_what_is_here(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    page = html(answer, answer.status_code)
    assert not page.blocked(), f"{path} holds what the policy blocks: {page.blocked()}"
    assert page.assets(), f"{path} loads no stylesheet"
    for asset in page.assets():
        target = urljoin(urljoin(visitor.base, path), asset)
        assert urlsplit(target).netloc == urlsplit(visitor.base).netloc, f"{path} loads {asset}"
        expect(visitor.get(target), 200)


def test_static_files_have_their_type(visitor: Client) -> None:
    for asset in visitor.page("/").assets():
        kind = visitor.get(asset).headers.get("Content-Type", "")
        if ".css" in asset:
            assert kind.startswith("text/css"), f"{asset} is {kind}"


def test_a_request_id_is_taken_or_made(visitor: Client) -> None:
    for path in ("/", "/health", POSTS, "/api/v1/nothing/", "/nothing/"):
        answer = visitor.get(path, headers={"X-Request-ID": "contract-42"})
        assert answer.headers.get("X-Request-ID") == "contract-42", f"not echoed:{told(answer)}"
    made = {visitor.get(POSTS).headers.get("X-Request-ID", "") for _ in range(3)}
    assert len(made) == 3, f"ids that were made should differ: {made}"
    assert all(made), "no id was made"


def test_a_request_id_that_is_no_id_is_not_repeated(visitor: Client) -> None:
    for bad in ("x" * 5000, 'a"><script>', "a b\tc"):
        echoed = visitor.get("/health", headers={"X-Request-ID": bad}).headers["X-Request-ID"]
        assert re.fullmatch(r"[\w.:+/=-]{1,200}", echoed), f"{bad[:40]!r} gave {echoed[:80]!r}"


def test_head_answers_as_get_without_a_body(visitor: Client) -> None:
    for path in ("/", "/health", POSTS):
        answer = expect(visitor.send("HEAD", path), 200)
        assert not answer.content, f"HEAD {path} has a body"


def test_only_staff_get_into_the_admin(
    visitor: Client, demo_browser: Client, staff_browser: Client
) -> None:
    redirect(visitor.get("/admin/"), "/a")
    expect(demo_browser.get("/admin/"), 302, 403)
    html(staff_browser.get("/admin/"))


def test_the_admin_shows_every_resource(staff_browser: Client) -> None:
    text = staff_browser.page("/admin/").source.lower()
    for name in ("post", "tag", "categor", "product", "review", "supplier", "user"):
        assert name in text, f"the admin does not name {name}"


def test_who_am_i_needs_an_identity(visitor: Client, demo: Client) -> None:
    answer = visitor.get("/api/v1/auth/me/")
    problem(answer, 401)
    assert answer.headers.get("WWW-Authenticate"), f"no WWW-Authenticate:{told(answer)}"
    me = data(demo.get("/api/v1/auth/me/"))
    assert set(me) == {"id", "email", "name", "isStaff"}, me
    assert (me["email"], me["name"]) == ("demo@example.com", DEMO_NAME)
    assert me["isStaff"] is False
    assert isinstance(me["id"], int)

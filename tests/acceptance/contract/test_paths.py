"""Where things are."""

from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from tests.acceptance.contract.client import Client, data, expect, html, redirect

RESOURCES = {
    "/blog/posts/": "/api/v1/blog/posts/",
    "/catalog/products/": "/api/v1/catalog/products/",
    "/orders/order-lines/": "/api/v1/orders/order-lines/",
}
ACCOUNTS = ("login/", "signup/", "password/reset/")
PUBLIC = ("/", "/blog/posts/", "/catalog/tags/", *(f"/accounts/{name}" for name in ACCOUNTS))


@pytest.fixture(scope="module")
def document(base: str) -> Any:
    return expect(Client(base).get("/api/openapi.json"), 200).json()


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(visitor: Client, path: str) -> None:
    html(visitor.get(path))


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_probes(visitor: Client, path: str) -> None:
    data(visitor.get(path))
    data(visitor.get(path, headers={"Host": "10.0.0.7:8000"}))  # as load balancers ask


@pytest.mark.parametrize("path", ["/accounts/logout/", "/accounts/password/change/", "/admin/"])
def test_pages_for_people_who_are_signed_in(staff_at_pages: Client, path: str) -> None:
    assert staff_at_pages.get(path).status_code != 404


def test_each_resource_has_pages_and_an_api(staff_at_pages: Client, document: Any) -> None:
    for page, api in RESOURCES.items():
        html(staff_at_pages.get(page))
        html(staff_at_pages.get(f"{page}new/"))
        data(staff_at_pages.get(api))
        single = [path for path in document["paths"] if path.startswith(f"{api}{{")]
        assert set(document["paths"][api]) >= {"get", "post"}
        assert set(document["paths"][single[0]]) >= {"get", "put", "patch", "delete"}


def test_tokens_are_in_the_document(document: Any) -> None:
    assert "get" in document["paths"]["/api/v1/auth/me/"]
    assert set(document["paths"]["/api/v1/auth/token/"]) >= {"post", "delete"}
    schemes = document["components"]["securitySchemes"].values()
    assert any(scheme.get("scheme", "").lower() == "bearer" for scheme in schemes)


def test_the_document_is_valid(document: Any) -> None:
    from openapi_spec_validator import validate

    validate(document)


def test_the_viewer_shows_the_document(visitor: Client) -> None:
    page = visitor.page("/api/docs/")
    sources = [visitor.get(address).text for address in page.assets()]
    sources += [visitor.get(str(tag["src"])).text for tag in page.soup.select("script[src]")]
    assert any("openapi.json" in text for text in [page.source, *sources])


@pytest.mark.parametrize("path", [*PUBLIC, "/api/docs/", "/nowhere/"])
def test_pages_load_only_what_is_here_and_the_policy_allows(visitor: Client, path: str) -> None:
    response = visitor.get(path)
    page = html(response, response.status_code)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy.partition("script-src ")[2].partition(";")[0]
    assert path == "/api/docs/" or not page.inline(), page.inline()
    assert page.assets()
    for address in page.assets():
        target = urljoin(visitor.base + path, address)
        assert urlsplit(target).netloc == urlsplit(visitor.base).netloc, address
        expect(visitor.get(target), 200)


def test_the_admin_is_for_staff(
    visitor: Client, ada_at_pages: Client, staff_at_pages: Client
) -> None:
    redirect(visitor.get("/admin/"), "/a")
    assert ada_at_pages.get("/admin/").status_code in (302, 403)
    page = staff_at_pages.page("/admin/").source.lower()
    for name in ("post", "product", "tag", "order", "user"):
        assert name in page

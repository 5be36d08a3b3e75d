"""What every list and row of the API promises, whichever app it is from."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apps.accounts.models import User
from core.api.naming import camel
from core.api.views import ListView
from core.samples import fill

pytestmark = pytest.mark.django_db


def lists(resolver: URLResolver, *namespaces: str) -> Iterator[tuple[str, Any]]:
    """Every list of the URLconf: its path and its view."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from lists(pattern, *namespaces, *filter(None, [pattern.namespace]))
        elif isinstance(pattern, URLPattern) and pattern.name:
            view = getattr(pattern.callback, "view_class", None)
            if isinstance(view, type) and issubclass(view, ListView):
                yield reverse(":".join([*namespaces, pattern.name])), view


def test_lists_cost_the_same_with_more_rows(constant_queries: Callable[..., int]) -> None:
    client, sizes = Client(), []
    for path, view in lists(get_resolver()):
        model = view.queryset.model

        def act(path: str = path) -> None:
            body = client.get(path).json()
            sizes.append(len(body["results"]))

        constant_queries(model, act)
        assert sizes[-1] > sizes[-3], f"{path} does not show its rows: this test proves nothing"


def test_every_filter_takes_its_values_and_refuses_others(client: Client) -> None:
    for path, view in lists(get_resolver()):
        fill(view.queryset.model, 2)
        row = client.get(path).json()["results"][0]
        for name in view.filterset_class.base_filters:
            value = row.get(name.partition("__")[0])
            found = client.get(path, {name: json.dumps(value).strip('"')}) if value else None
            assert found is None or found.json()["count"] > 0, f"{path}?{name}={value}"
            assert client.get(path, {name: "\0"}).status_code == 400, name


def test_every_ordering_and_search(client: Client) -> None:
    for path, view in lists(get_resolver()):
        fill(view.queryset.model, 3)
        count = client.get(path).json()["count"]
        for name in ("id", "createdAt", *map(camel, view.ordering_fields)):
            for ordering in (name, f"-{name}", f"{name},-id"):
                body = client.get(path, {"ordering": ordering}).json()
                assert body["count"] == len(body["results"]) == count
        for ordering in ("nothing", "created_at", "--id"):
            assert client.get(path, {"ordering": ordering}).status_code == 400
        searched = client.get(path, {"search": "zyzzyva"}).json()["count"]
        assert searched == (0 if view.search_fields else count)


def test_paging(client: Client) -> None:
    for path, view in lists(get_resolver()):
        fill(view.queryset.model, 3)
        count = client.get(path).json()["count"]
        body = client.get(path, {"pageSize": "1", "page": "2"}).json()
        assert (body["page"], body["pageSize"], body["pages"]) == (2, 1, count)
        assert client.get(path, {"pageSize": "1", "page": str(count + 1)}).status_code == 404
        for name, value in [("page", "0"), ("page", "x"), ("pageSize", "101"), ("pageSize", "-1")]:
            answer = client.get(path, {name: value})
            assert answer.status_code == 400
            assert answer.json()["errors"][0]["field"] == name


def test_the_document_names_what_clients_write(client: Client) -> None:
    document = client.get("/api/openapi.json").json()
    for path, view in lists(get_resolver()):
        operation = document["paths"][path]["get"]
        names = {parameter["name"] for parameter in operation["parameters"]}
        assert {"page", "pageSize", "search", "ordering"} <= names
        assert set(view.filterset_class.base_filters) <= names
        assert {} in operation["security"]
        assert "401" in operation["responses"]
        assert {} not in document["paths"][path]["post"]["security"]
        ordering = next(row for row in operation["parameters"] if row["name"] == "ordering")
        for text, fits in (("-createdAt,id", True), ("", True), ("id,", False), ("x", False)):
            assert bool(re.search(ordering["schema"]["pattern"], text)) is fits
            assert (client.get(path, {"ordering": text}).status_code == 200) is fits
    assert {} not in document["paths"]["/api/v1/auth/me/"]["get"]["security"]
    assert document["paths"]["/api/v1/auth/token/"]["delete"]["security"] == [{"bearer": []}]
    assert '"format": "time"' not in json.dumps(document)
    for schema in document["components"]["schemas"].values():
        assert not any("_" in name for name in schema.get("properties", {}))


def test_the_viewer_loads_nothing_from_other_hosts(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()
    assert "swagger-ui" in page
    assert "//" not in page.replace("http://testserver", "")
    assert "<style" not in page
    assert '<html lang="en">' in page
    assert "api/scheme." in page  # with a hash after `collectstatic`


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b'{"email": 1e999}', "application/json", 400),
        (b'{"email": NaN}', "application/json", 400),
        (b"[]", "application/json", 422),
        (b'{"some_key": 1}', "application/json", 422),
        (b"email=x", "application/x-www-form-urlencoded", 415),
    ],
)
def test_bodies_that_are_refused(client: Client, body: bytes, kind: str, status: int) -> None:
    answer = client.post("/api/v1/auth/token/", body, content_type=kind)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_an_unknown_key_is_named_as_it_was_written(client: Client) -> None:
    answer = client.post("/api/v1/auth/token/", {"some_key": 1}, content_type="application/json")
    codes = {(error["field"], error["code"]) for error in answer.json()["errors"]}
    assert codes == {("email", "required"), ("password", "required"), ("some_key", "unknown")}


def test_methods_and_media_types_that_are_not_there(client: Client, user: User) -> None:
    assert client.put("/api/v1/auth/me/").status_code == 405
    answer = client.get("/api/v1/auth/me/", headers={"accept": "text/html"})
    assert answer.status_code == 406
    for method in (client.get, client.post, client.delete):
        answer = method("/api/v1/nothing/")
        assert (answer.status_code, answer.json()["title"]) == (404, "Not Found")


def test_a_session_needs_proof_against_forgery(user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.get("/api/v1/auth/me/").json()["email"] == user.email
    for path, _ in lists(get_resolver()):
        assert client.post(path, {}, content_type="application/json").status_code == 403

"""The OpenAPI document and its viewer."""

from typing import Any

import pytest

from .client import Client, data
from .rows import Rows, path

PLACES = {
    "/api/v1/blog/posts/": {"get", "post"},
    "/api/v1/blog/posts/{id}/": {"get", "put", "patch", "delete"},
    "/api/v1/shop/products/": {"get", "post"},
    "/api/v1/shop/products/{id}/": {"get", "put", "patch", "delete"},
    "/api/v1/auth/me/": {"get"},
    "/api/v1/auth/token/": {"post", "delete"},
}


@pytest.fixture(scope="module")
def document(demo: Client) -> Any:
    return data(demo.get("/api/openapi.json"))


def _plain(place: str) -> str:
    """A path with its one parameter called id."""
    head, brace, rest = place.partition("{")
    return f"{head}{{id}}{rest.partition('}')[2]}" if brace else place


def test_the_document_is_valid(document: Any) -> None:
    from openapi_spec_validator import validate

    validate(document)
    assert document["openapi"].startswith("3.")
    assert document["info"]["title"]


def test_every_place_and_method_is_in_the_document(document: Any) -> None:
    paths = {_plain(place): set(item) for place, item in document["paths"].items()}
    for place, methods in PLACES.items():
        assert place in paths, f"{place} is not in the document: {sorted(paths)}"
        assert methods <= paths[place], f"{place} lacks {methods - paths[place]}"


def test_queries_are_in_the_document_as_they_are_written(document: Any) -> None:
    found = document["paths"]["/api/v1/blog/posts/"]["get"].get("parameters", [])
    names = {_resolve(document, parameter)["name"] for parameter in found}
    wanted = {"page", "pageSize", "search", "ordering", "status", "authorId", "title__contains"}
    wanted |= {"publishedAt__gte", "publishedAt__lte"}
    assert wanted <= names, f"missing: {wanted - names}"


def test_the_document_names_how_to_sign_in(document: Any) -> None:
    schemes = document["components"]["securitySchemes"].values()
    assert any(s.get("type") == "http" and s.get("scheme") == "bearer" for s in schemes), schemes


def test_refusals_are_in_the_document(document: Any) -> None:
    create = document["paths"]["/api/v1/blog/posts/"]["post"]["responses"]
    assert {"201", "401", "422"} <= set(create), f"create documents only {sorted(create)}"
    refused = _resolve(document, create["422"])
    assert "application/problem+json" in refused.get("content", {}), refused


def test_generators_of_clients_learn_what_is_always_there(document: Any) -> None:
    singles = [place for place in document["paths"] if place.endswith("}/")]
    assert singles
    for place in singles:
        answer = document["paths"][place]["get"]["responses"]["200"]
        schema = _resolve(document, answer["content"]["application/json"]["schema"])
        assert set(schema["required"]) == set(schema["properties"]), place


def test_the_limits_of_pages_are_in_the_document(document: Any) -> None:
    found = document["paths"]["/api/v1/blog/posts/"]["get"]["parameters"]
    schemas = {parameter["name"]: parameter["schema"] for parameter in found}
    size = schemas["pageSize"]
    assert (size["minimum"], size["maximum"], schemas["page"]["minimum"]) == (1, 100, 1)


def test_what_may_be_a_list_says_of_what(document: Any) -> None:
    """Generators leave out a whole resource where they do not know."""
    parts = [document["components"]]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            kinds = part.get("type")
            is_list = isinstance(kinds, str | list) and "array" in kinds
            assert not is_list or "items" in part, part
        parts += part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()


def test_answers_keep_what_the_document_says(demo: Client, rows: Rows, document: Any) -> None:
    for kind in ("blog/posts", "shop/products", "shop/suppliers", "shop/reviews"):
        row = rows.make(kind)
        places = {_plain(place): place for place in document["paths"]}
        listing, single = f"/api/v1/{kind}/", places[f"/api/v1/{kind}/{{id}}/"]
        _check(document, single, "get", data(demo.get(path(kind, row))))
        _check(document, listing, "get", data(demo.get(f"{listing}?pageSize=100")))
    _check(document, "/api/v1/auth/me/", "get", data(demo.get("/api/v1/auth/me/")))


def test_a_body_that_is_taken_is_one_the_document_allows(document: Any, rows: Rows) -> None:
    request = document["paths"]["/api/v1/shop/products/"]["post"]["requestBody"]
    schema = _resolve(document, request)["content"]["application/json"]["schema"]
    body = rows.body("shop/products", tagIds=[], releasedOn="2026-01-31", details={"a_b": 1})
    assert not _errors(document, schema, body)
    assert _errors(document, schema, {}), "the document requires nothing of a product"


def test_the_viewer_is_there_and_reads_the_document(visitor: Client) -> None:
    page = visitor.page("/api/docs/")
    assert "swagger" in page.source.lower()
    sources = [visitor.get(asset).text for asset in page.assets()]
    assert any("/api/openapi.json" in text for text in (page.source, *sources)), (
        "neither the viewer's page nor its scripts name the document"
    )


def _check(document: Any, place: str, method: str, body: Any) -> None:
    answer = _resolve(document, document["paths"][place][method]["responses"]["200"])
    found = _errors(document, answer["content"]["application/json"]["schema"], body)
    assert not found, f"{method} {place} contradicts the document: {found[:5]}\n  {body}"


def _errors(document: Any, schema: Any, body: Any) -> list[str]:
    from openapi_schema_validator import OAS30Validator, OAS31Validator

    kind = OAS30Validator if document["openapi"].startswith("3.0") else OAS31Validator
    whole = {"components": document["components"], "allOf": [schema]}
    return [f"{list(e.path)}: {e.message}" for e in kind(whole).iter_errors(body)]


def _resolve(document: Any, part: Any) -> Any:
    while "$ref" in part:
        name = part["$ref"].removeprefix("#/").split("/")
        part = document
        for key in name:
            part = part[key]
    return part

"""What belongs to no resource: the document, Swagger UI, formats, headers, CSRF."""

import json
import re
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.api.names import camel, pascal
from app.core.api.values import value_type
from app.core.fields import Field

ME, TOKEN = "/api/v1/auth/me/", "/api/v1/auth/token/"


@pytest.fixture(scope="module")
def document(app) -> dict[str, Any]:
    """The OpenAPI document."""
    return app.test_client().get("/api/openapi.json").json


def test_the_document_names_each_operation_once(document) -> None:
    assert document["openapi"] == "3.1.0"
    found = [
        operation["operationId"]
        for path in document["paths"].values()
        for operation in path.values()
    ]
    assert len(found) == len(set(found)) >= 3


def test_the_document_tells_the_limits_of_pages(document) -> None:
    lists = [path["get"] for path in document["paths"].values() if "pageSize" in str(path)]
    for operation in lists:
        schemas = {item["name"]: item["schema"] for item in operation["parameters"]}
        assert schemas["page"] == {"type": "integer", "minimum": 1}
        assert schemas["pageSize"] == {"type": "integer", "minimum": 1, "maximum": 100}
    assert lists
    assert "Createdat" not in json.dumps(document)


def test_the_document_is_printed_for_make_check(app, document) -> None:
    printed = app.test_cli_runner().invoke(args=["openapi"])
    assert json.loads(printed.output) == document


def test_swagger_ui_needs_nothing_from_elsewhere(client) -> None:
    page = client.get("/api/docs/")
    urls = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(urls) == 4
    for url in urls:
        assert url.startswith("/")
        assert client.get(url).status_code == 200
    assert "<script>" not in page.text


def test_names() -> None:
    assert camel("published_at") == "publishedAt"
    assert pascal("blog_post") == "BlogPost"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"email": NaN}', "application/json", 400),
        ("\xff", "application/json", 400),
        ("[]", "application/json", 422),
        ('{"email": "a\\u0000", "password": "x"}', "application/json", 422),
        ('{"email": "\\ud800", "password": "x"}', "application/json", 422),
        ('{"email": 5, "password": null}', "application/json", 422),
        ("a=1", "application/x-www-form-urlencoded", 415),
    ],
)
def test_bodies_that_are_refused(client, body, kind, status) -> None:
    answer = client.post(TOKEN, data=body.encode("latin-1"), content_type=kind)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_only_json_is_served(client) -> None:
    for accept, status in (("text/html", 406), ("application/json", 401), ("*/*", 401)):
        assert client.get(ME, headers={"Accept": accept}).status_code == status


def test_a_wrong_method_is_a_problem(client) -> None:
    answer = client.put(ME)
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_invalid_credentials_are_refused_everywhere(client) -> None:
    for value, status in (("Bearer nonsense", 401), ("Bearer", 401), ("Basic dTpw", 404)):
        answer = client.get("/api/v1/nowhere/", headers={"Authorization": value})
        assert answer.status_code == status, value


@pytest.mark.usefixtures("csrf")
def test_a_session_needs_a_csrf_token_and_a_bearer_does_not(client, user) -> None:
    credentials = {"email": user.email, "password": "correct-horse"}
    issued = client.post(TOKEN, json=credentials)
    assert issued.status_code == 201, issued.text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/accounts/login/").text)[0]
    signed_in = client.post("/accounts/login/", data=credentials | {"csrf_token": token})
    assert signed_in.status_code == 302
    refused = client.post(TOKEN, json=credentials)
    assert (refused.status_code, refused.mimetype) == (403, "application/problem+json")
    page = client.get("/").text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    header = {"X-CSRFToken": token}
    assert client.post(TOKEN, json=credentials, headers=header).status_code == 201
    bearer = {"Authorization": f"Bearer {issued.json['token']}"}
    assert client.delete(TOKEN, headers=bearer).status_code == 204


def test_a_type_without_a_form_in_json_is_named() -> None:
    column: sa.Column[bytes] = sa.Column("photo", sa.LargeBinary)
    with pytest.raises(TypeError, match="LargeBinary"):
        value_type(Field("photo", "photo", column))

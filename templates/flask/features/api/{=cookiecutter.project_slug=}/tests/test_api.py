"""What holds for the whole JSON API."""

import re

import pytest

TOKEN = "/api/v1/auth/token/"
JSON = {"Content-Type": "application/json"}


def test_the_docs_page_is_offline_and_uses_a_nonce(client):
    response = client.get("/api/docs/")
    policy = response.headers["Content-Security-Policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'<script nonce="{nonce}">' in response.text
    assert "http" not in response.text
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert client.get("/static/swagger-ui/swagger-ui-bundle.js").status_code == 200


def test_the_openapi_document_says_that_errors_are_problems(client):
    """Whether the document is valid is for `make check` to say."""
    document = client.get("/api/openapi.json").json
    problem = document["components"]["responses"]["DEFAULT_ERROR"]
    assert list(problem["content"]) == ["application/problem+json"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[" * 100_000, 400),
        ('{"email": ' + "9" * 5000 + "}", 400),
        (b'{"email": "\xff"}', 400),
        ('{"email": NaN}', 422),
        ("null", 422),
        ("[]", 422),
        ("", 422),
        ("{}", 422),
    ],
    ids=lambda value: str(value)[:40],
)
def test_odd_bodies_are_refused(client, body, status):
    response = client.post(TOKEN, data=body, headers=JSON)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"


def test_errors_name_their_fields(client):
    errors = client.post(TOKEN, json={"email": 5, "surprise": 1}).json["errors"]
    assert {error["field"] for error in errors} == {"email", "password", "surprise"}


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", ""])
def test_other_types_than_json_are_415(client, content_type):
    response = client.post(TOKEN, data="{}", headers={"Content-Type": content_type})
    assert response.status_code == 415
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize("password", ["x" * 100_000, "\ud800"])
def test_odd_passwords_are_refused(client, user, password):
    response = client.post(TOKEN, json={"email": user.email, "password": password})
    assert response.status_code == 400


@pytest.mark.parametrize("value", ["Bearer", "Bearer a=b", "Bearer \xff", "Basic \xff", "\xff"])
def test_odd_authorization_is_none(client, value):
    response = client.get("/api/v1/auth/me/", headers={"Authorization": value})
    assert response.status_code == 401


def test_tokens_are_limited_and_need_no_csrf_token(guarded_client):
    answers = [guarded_client.post(TOKEN, json={}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert answers[-1].headers["Retry-After"]
    assert answers[-1].content_type == "application/problem+json"


def test_a_session_needs_the_csrf_header_in_the_api(guarded_client, login, user):
    login(user)
    refused = guarded_client.delete(TOKEN)
    assert (refused.status_code, refused.content_type) == (403, "application/problem+json")
    page = guarded_client.get("/").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    headers = {"X-CSRFToken": token}
    assert guarded_client.delete(TOKEN, headers=headers).status_code == 204

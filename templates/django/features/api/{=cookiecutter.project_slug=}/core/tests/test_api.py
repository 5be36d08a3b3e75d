import json

import pytest
from django.db import IntegrityError
from rest_framework import serializers

from core.api.naming import camelize
from core.api.serializers import Serializer

TOKEN = "/api/v1/auth/token/"


class AddressSerializer(Serializer):
    address_line_1 = serializers.CharField()
    is_2fa_on = serializers.BooleanField(default=False)
    raw_data = serializers.JSONField(required=False)


@pytest.mark.parametrize(
    ("name", "camel"),
    [
        ("published_at", "publishedAt"),
        ("published_at__gte", "publishedAt__gte"),
        ("address_line_1", "addressLine1"),
        ("id", "id"),
    ],
)
def test_camelize(name, camel):
    assert camelize(name) == camel


def test_names_are_camel_case_outside_and_snake_case_inside():
    outside = {"addressLine1": "Here", "is2faOn": True, "rawData": {"as_it": "is"}}
    inside = {"address_line_1": "Here", "is_2fa_on": True, "raw_data": {"as_it": "is"}}
    serializer = AddressSerializer(data=outside)
    assert serializer.is_valid()
    assert serializer.validated_data == inside
    assert AddressSerializer(inside).data == outside


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/nothing/", 404),
        ("get", "/api/v1/auth/me/", 401),
        ("post", "/api/v1/auth/me/", 401),
        ("put", TOKEN, 401),
    ],
)
def test_errors_are_problem_details(api, db, method, path, status):
    response = getattr(api, method)(path)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert set(response.json()) == {"type", "title", "status", "detail", "errors"}


def test_malformed_json_is_400(api, db):
    assert api.post(TOKEN, "{", content_type="application/json").status_code == 400
    assert api.post(TOKEN, "x", content_type="text/plain").status_code == 415


def test_a_large_body_is_413(api, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    response = api.post(TOKEN, {"email": "x" * 20})
    assert (response.status_code, response["Content-Type"]) == (413, "application/problem+json")


def test_unknown_names_are_errors(api, db):
    response = api.post(TOKEN, {"email": "ada@example.com", "passWord": "x"})
    assert response.status_code == 422
    assert response.json()["errors"][0] == {
        "field": "passWord",
        "code": "unknown",
        "message": "This field does not exist.",
    }
    assert api.post(TOKEN, ["no", "object"]).status_code == 422


def test_the_document_speaks_camel_case_and_names_the_problem(api, db):
    document = json.loads(api.get("/api/openapi.json").content)
    schemas = document["components"]["schemas"]
    assert "expiresAt" in schemas["Token"]["properties"]
    assert "isStaff" in schemas["Me"]["properties"]
    assert "default" in document["paths"]["/api/v1/auth/me/"]["get"]["responses"]


def test_swagger_ui_loads_nothing_from_elsewhere(api, db):
    page = api.get("/api/docs/").content.decode()
    assert "http" not in page
    assert "<style" not in page


HUGE = [
    "[" * 100_000,
    '{"email": ' + "9" * 5_000 + "}",
    '{"email": 1e400}',
    '{"email": Infinity}',
    b'{"email": "\xff"}',
]


@pytest.mark.parametrize("body", HUGE, ids=range(len(HUGE)))
def test_what_cannot_be_parsed_is_400(api, db, body):
    assert api.post(TOKEN, body, content_type="application/json").status_code == 400


def test_json_is_utf_8_whatever_the_header_says(api, db):
    kind = "application/json; charset=zlib"
    assert api.post(TOKEN, "{}", content_type=kind).status_code == 422


@pytest.mark.parametrize("body", [r'{"\ud800": 1}', r'{"email": "\ud800"}'])
def test_odd_characters_are_errors_of_validation(api, db, body):
    assert api.post(TOKEN, body, content_type="application/json").status_code == 422


@pytest.mark.parametrize("code", ["23505", "23514", "23503"])
def test_an_unexpected_integrity_error_is_a_server_error(api, db, monkeypatch, caplog, code):
    def broken(*args, **kwargs):
        cause = Exception()
        cause.sqlstate = code
        raise IntegrityError from cause

    monkeypatch.setattr("apps.accounts.api.views.CredentialsSerializer.is_valid", broken)
    api.raise_request_exception = False
    response = api.post(TOKEN, {})
    assert response.status_code == (409 if code == "23505" else 500)
    assert response["Content-Type"] == "application/problem+json"
    assert ("IntegrityError" in caplog.text) == (code != "23505")

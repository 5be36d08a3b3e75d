"""What happens around every request."""

import json
import logging

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory, override_settings

from core.errors import bad_request, forbidden, server_error
from core.limits import client_address
from core.logs import JsonFormatter, RequestIdFilter, request_id
from core.static import StaticStorage

pytestmark = pytest.mark.django_db


def test_headers_of_every_answer(client: Client) -> None:
    for address in ("/", "/health", "/nothing/", "/api/nothing/"):
        headers = client.get(address).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_probes_ask_without_host_and_tls(client: Client) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        for address in ("/health", "/ready"):
            assert client.get(address, headers={"host": "10.0.0.7"}).status_code == 200


def test_browsers_find_the_icon(client: Client) -> None:
    with override_settings(ICONS=["favicon.svg"]):
        assert client.get("/favicon.ico").headers["Location"] == "/static/favicon.svg"
    with override_settings(ICONS=[]):
        assert client.get("/favicon.ico").status_code == 204


def test_request_id_is_taken_where_it_is_safe(client: Client) -> None:
    assert client.get("/", headers={"X-Request-ID": "abc-1"}).headers["X-Request-ID"] == "abc-1"
    for given in ("", "two words", "x" * 65):
        made = client.get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"]
        assert len(made) == 32


def test_every_request_has_a_log_line(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="core.requests"):
        client.get("/health")
    assert caplog.records[-1].__dict__["data"]["path"] == "/health"


def test_a_log_line_is_one_line(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="core.requests"):
        client.get("/nowhere/%0aINFO all is well/")
    assert [line for line in caplog.messages if "nowhere" in line and "\n" not in line]


def test_a_log_line_holds_no_token() -> None:
    link = "/a/1abcde-0123456789abcdef0123456789abcdef/"
    record = logging.LogRecord("app", logging.INFO, "", 1, "%s is gone", (link,), None)
    assert RequestIdFilter().filter(record)
    assert record.getMessage() == "/a/***/ is gone"


def test_a_json_line_carries_the_request_and_the_error() -> None:
    token = request_id.set("abc")
    try:
        raise ValueError("broken")
    except ValueError as error:
        information = (type(error), error, error.__traceback__)
    record = logging.LogRecord("app", logging.ERROR, "", 1, "it %s", ("failed",), information)
    assert RequestIdFilter().filter(record)
    request_id.reset(token)
    line = json.loads(JsonFormatter().format(record))
    assert (line["requestId"], line["message"]) == ("abc", "it failed")
    assert "ValueError: broken" in line["exception"]


def test_an_error_is_a_page_outside_the_api_and_a_problem_inside(client: Client) -> None:
    page = client.get("/nothing/")
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    inside = client.get("/api/nothing/")
    assert inside.headers["Content-Type"] == "application/problem+json"
    assert inside.json()["status"] == 404


def test_a_wrong_method_is_a_page(client: Client) -> None:
    answer = client.get("/accounts/logout/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST, OPTIONS"
    assert b"<h1>Not possible here</h1>" in answer.content


def test_a_fault_of_ours_is_a_page_that_needs_no_database(rf: RequestFactory) -> None:
    assert b"<h1>Something went wrong</h1>" in server_error(rf.get("/")).content


def test_a_form_from_elsewhere_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"username": "a@example.com", "password": "x"})
    assert answer.status_code == 403
    assert b"expired" in answer.content


def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_what_is_forbidden_and_what_is_unreadable_are_pages(rf: RequestFactory) -> None:
    request, error = rf.get("/"), Exception()
    assert forbidden(request, error).status_code == 403
    assert bad_request(request, error).status_code == 400


def test_ready_says_when_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise DatabaseError

    monkeypatch.setattr("core.views.connection.cursor", fail)
    assert client.get("/ready").status_code == 503


@pytest.mark.parametrize(
    ("proxies", "expected"), [(0, "127.0.0.1"), (1, "2.2.2.2"), (9, "127.0.0.1")]
)
def test_the_address_of_a_client_behind_proxies(
    rf: RequestFactory, proxies: int, expected: str
) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": "1.1.1.1, 2.2.2.2"})
    with override_settings(TRUSTED_PROXIES=proxies):
        assert client_address(request) == expected


def test_static_names_are_plain_until_they_are_collected() -> None:
    assert StaticStorage().stored_name("theme.css") == "theme.css"


def test_a_body_beyond_all_measure_is_refused(client: Client) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=70_000):
        answer = client.post("/accounts/login/", {"username": "x" * 80_000})
    assert answer.status_code == 413


def test_a_missing_slash_keeps_method_and_body(client: Client) -> None:
    answer = client.post("/accounts/login", {"username": "x"})
    assert (answer.status_code, answer.headers["Location"]) == (308, "/accounts/login/")

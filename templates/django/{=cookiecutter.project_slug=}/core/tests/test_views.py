import logging

import pytest
from django.db import DatabaseError, connection

from core.middleware import RequestFilter


def test_probes(client, db, monkeypatch):
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json() == {"status": "ok"}
    assert client.get("/health", headers={"Host": "10.0.0.1"}).status_code == 200

    def broken():
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", broken)
        assert client.get("/health").status_code == 200
        assert client.get("/ready").status_code == 503


def test_home(client, db):
    assert client.get("/").status_code == 200
    assert client.get("/favicon.ico")["Location"] == "/static/favicon.svg"


def test_headers(client, db):
    response = client.get("/", headers={"X-Request-ID": "abc"})
    assert response["X-Request-ID"] == "abc"
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_pages_of_people_who_are_signed_in_are_private(client, user):
    assert "private" not in client.get("/").get("Cache-Control", "")
    client.force_login(user)
    response = client.get("/")
    assert "private" in response["Cache-Control"]
    assert response.wsgi_request.META["user_id"] == user.pk


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (1, "1.2.3.4, 203.0.113.7", "203.0.113.7"),
        (2, "203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "127.0.0.1"),
    ],
)
def test_only_trusted_proxies_name_the_client(client, db, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    response = client.get("/", headers={"X-Forwarded-For": forwarded})
    assert response.wsgi_request.META["REMOTE_ADDR"] == address


def test_log_lines_name_the_user_and_the_client(client, user):
    seen = []

    class Handler(logging.Handler):
        def emit(self, record):
            seen.append((record.getMessage(), record.user_id, record.client))

    handler = Handler()
    handler.addFilter(RequestFilter())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    client.force_login(user)
    try:
        client.get("/nothing/")
        logger.warning("Afterwards")
    finally:
        logger.removeHandler(handler)
    assert seen == [("Not Found: /nothing/", user.pk, "127.0.0.1"), ("Afterwards", None, None)]


def test_errors_of_ours(client, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError

    monkeypatch.setattr("django.views.generic.TemplateView.get_context_data", broken)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "text/html" in response["Content-Type"]


def test_pages_that_are_not_there(client, db):
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert "Page not found" in response.text

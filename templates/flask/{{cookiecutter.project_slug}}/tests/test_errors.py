"""Errors: pages for people, problem details for programs, nothing of the inside for anybody."""

import json

import pytest
import sqlalchemy as sa

from app.blueprints.accounts.models import User
from app.core.auth import current_user
from app.core.db import db


def test_errors_are_pages_and_problems(client) -> None:
    page = client.get("/nowhere/")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "There is nothing at this address." in page.text
    answer = client.get("/api/nowhere/")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert json.loads(answer.data)["status"] == 404
    assert "GET" in client.delete("/").headers["Allow"]
    assert client.get("/accounts/login").status_code == 308


def test_error_pages_know_who_is_signed_in(client, user_client, user) -> None:
    for path in ("/nowhere/", "/accounts/nowhere/"):
        page = user_client.get(path)
        assert page.status_code == 404
        assert user.email in page.text
        assert "Log in" not in page.text
        assert "Log in" in client.get(path).text


def test_an_unexpected_error_tells_nothing(app, client, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(app, "dispatch_request", lambda *_: 1 / 0)
    for path in ("/broken", "/api/broken"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert "division" not in answer.text


def test_an_error_page_asks_nothing_of_what_has_failed(app, user_client, monkeypatch) -> None:
    def fail():
        current_user()
        db.session.add(User(email="new@example.com", password_hash=None))
        db.session.flush()

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(app, "dispatch_request", lambda *_: fail())
    answer = user_client.get("/")
    assert (answer.status_code, "Something went wrong" in answer.text) == (500, True)


@pytest.mark.parametrize("path", ["/", "/api/"])
def test_a_row_that_is_gone_before_the_answer_is_a_conflict(app, client, user, monkeypatch, path):
    def lose():
        lost = db.session.get(User, user.id)
        db.session.execute(sa.text("DELETE FROM accounts_user"))
        db.session.expire_all()
        return lost.name

    monkeypatch.setattr(app, "dispatch_request", lambda *_: lose())
    answer = client.get(path)
    assert (answer.status_code, "just deleted" in answer.text) == (409, True)

"""What holds for the whole application."""

import importlib
import logging
import re
import sys
from datetime import UTC, datetime

import pytest
from flask import abort, redirect
from sqlalchemy import literal, select
from sqlalchemy.exc import IntegrityError, OperationalError

from werkzeug.exceptions import UnprocessableEntity

from app.blueprints.accounts.models import Role
from app.blueprints.accounts.tests.factories import PASSWORD
from app.database import UtcDateTime
from app.errors import handle_http_error
from app.extensions import db
from app.headers import csp_nonce
from app.logs import RequestInfo


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/health", "/nothing"])
def test_answers_carry_security_headers(client, path):
    headers = client.get(path, headers={"X-Request-ID": "abc"}).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Request-ID"] == "abc"
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"].split("style-src")[0]
    secure = client.get(path, base_url="https://localhost").headers
    assert secure["Strict-Transport-Security"] == "max-age=3600"


def test_no_page_loads_anything_from_another_host(client):
    for path in ("/", "/accounts/login/"):
        assert not re.search(r'(src|href|action)="(https?:)?//', client.get(path).text)


def test_errors_are_problems_under_api_and_pages_elsewhere(client):
    problem = client.get("/api/v1/nothing/")
    assert (problem.status_code, problem.content_type) == (404, "application/problem+json")
    assert problem.json["title"] == "Not Found"
    assert client.get("/nothing").content_type.startswith("text/html")
    assert client.put("/").headers["Allow"]


@pytest.mark.parametrize("path", ["/", "/api/nothing/"])
def test_a_foreign_host_is_refused(client, path):
    assert client.get(path, headers={"Host": "evil.example"}).status_code == 400


def test_without_the_database_the_answer_is_503(client, login, user, monkeypatch):
    login(user)

    def fail(*_args):
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr("sqlalchemy.orm.Session.execute", fail)
    monkeypatch.setattr("sqlalchemy.orm.Session.scalar", fail)
    for path in ("/ready", "/"):
        response = client.get(path)
        assert response.status_code == 503
        assert "refused" not in response.text


def test_problems_name_the_fields_that_are_wrong(app):
    error = UnprocessableEntity()
    error.data = {"messages": {"json": {"lines": {1: {"quantity": ["Too many."]}}}}}
    with app.test_request_context("/api/v1/orders/"):
        response = handle_http_error(error)
    assert response.json["errors"] == [{"field": "lines.1.quantity", "message": "Too many."}]


def test_a_redirect_is_no_error(app, client, monkeypatch):
    monkeypatch.setitem(app.view_functions, "home.index", lambda: abort(redirect("/health")))
    assert client.get("/").location == "/health"


def test_scripts_with_the_nonce_of_their_answer_run(app, client, monkeypatch):
    monkeypatch.setitem(app.view_functions, "home.index", csp_nonce)
    response = client.get("/")
    assert f"'nonce-{response.text}'" in response.headers["Content-Security-Policy"]


def test_a_duplicate_is_a_conflict_and_any_other_violation_a_bug(app, client, monkeypatch):
    def store(*names):
        for name in names:
            db.session.add(Role(name=name))
        db.session.flush()

    monkeypatch.setitem(app.view_functions, "home.index", lambda: store("same", "same"))
    assert client.get("/").status_code == 409
    monkeypatch.setitem(app.view_functions, "home.index", lambda: store(None))
    with pytest.raises(IntegrityError):
        client.get("/")
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    response = client.get("/")
    assert response.status_code == 500
    assert "accounts_role" not in response.text


@pytest.mark.parametrize("year", [1, 9999])
def test_dates_that_some_time_zone_cannot_hold_are_refused(app, client, monkeypatch, year):
    def store():
        moment = datetime(year, 1, 1, tzinfo=UTC)
        return db.session.scalar(select(literal(moment, UtcDateTime())))

    monkeypatch.setitem(app.view_functions, "home.index", store)
    assert client.get("/").status_code == 400


def test_production_names_the_settings_it_misses(monkeypatch):
    def read_settings(**environment):
        for name in [name for name in sys.modules if name.startswith("app.settings")]:
            monkeypatch.delitem(sys.modules, name)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        importlib.import_module("app.settings")

    required = {
        "SECRET_KEY": "0123456789abcdef" * 2,
        "DATABASE_URL": "sqlite://",
        "ALLOWED_HOSTS": "www.example.com",
        # % for item in cookiecutter._slots.required
        "{= item.key =}": "{= item.value =}",
        # % endfor
    }
    with pytest.raises(SystemExit) as refused:
        read_settings(**dict.fromkeys(required, "") | {"SECRET_KEY": "short"})
    assert "\n" not in str(refused.value)
    assert [name for name in required if name not in str(refused.value)] == []
    read_settings(**required)


def test_demo_data_is_for_development(app, monkeypatch):
    runner = app.test_cli_runner()
    result = runner.invoke(args=["seed"])
    assert result.exit_code == 1
    assert "FLASK_DEBUG=1" in result.output
    monkeypatch.setattr(app, "debug", True)
    result = runner.invoke(args=["seed"])
    assert result.exit_code == 0, result.output
    assert "staff@example.com" in result.output
    assert "already" in runner.invoke(args=["seed"]).output


def test_log_lines_say_who_asked(app, login, staff, monkeypatch):
    record = logging.makeLogRecord({"msg": "A line"})
    monkeypatch.setitem(app.view_functions, "home.index", lambda: str(RequestInfo().filter(record)))
    login(staff).get("/", headers={"X-Request-ID": "abc"})
    assert (record.request_id, record.client, record.user_id) == ("abc", "127.0.0.1", str(staff.id))
    RequestInfo().filter(record)
    assert record.request_id == "-"


def test_an_odd_request_id_is_replaced(client):
    response = client.get("/health", headers={"X-Request-ID": "a ERROR forged"})
    assert "forged" not in response.headers["X-Request-ID"]


def test_an_odd_cookie_is_none(app):
    client = app.test_client(use_cookies=False)  # whose own would replace the header
    headers = {"Cookie": "remember_token=\xff|\xff"}
    assert client.get("/", headers=headers).status_code == 200


def csrf_token(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]


def test_unsafe_requests_need_a_csrf_token(guarded_client):
    assert guarded_client.post("/accounts/login/", data={"email": "x"}).status_code == 403


def test_logging_in_is_limited(guarded_client, user):
    token = csrf_token(guarded_client.get("/accounts/login/"))
    data = {"email": user.email, "password": "wrong", "csrf_token": token}
    answers = [guarded_client.post("/accounts/login/", data=data) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert answers[-1].headers["Retry-After"]


def test_signing_in_replaces_the_csrf_token(guarded_client, user):
    planted = csrf_token(guarded_client.get("/accounts/login/"))
    data = {"email": user.email, "password": PASSWORD, "csrf_token": planted}
    assert guarded_client.post("/accounts/login/", data=data).status_code == 302
    refused = guarded_client.post("/accounts/logout/", data={"csrf_token": planted})
    assert refused.status_code == 403
    token = csrf_token(guarded_client.get("/"))
    response = guarded_client.post("/accounts/logout/", data={"csrf_token": token})
    assert response.status_code == 302


def test_behind_a_proxy_the_scheme_is_what_the_proxy_says(client):
    headers = {"X-Forwarded-Proto": "https"}
    assert "Strict-Transport-Security" in client.get("/health", headers=headers).headers
    assert "Strict-Transport-Security" not in client.get("/health").headers

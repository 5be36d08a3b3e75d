"""What belongs to no blueprint: headers, health, logs, hosts, static files."""

import datetime as dt
import json
import logging

import pytest
import sqlalchemy as sa
from flask import url_for
from sqlalchemy.exc import OperationalError

from app.core import logs, security, static
from app.core.db import db
from app.core.logs import RequestIdFilter
from tests.parts import assemble


def test_health_and_readiness(client, monkeypatch) -> None:
    assert client.get("/health").json == {"status": "ok"}
    assert client.get("/ready").json == {"status": "ok"}

    def fail(*_args, **_kwargs):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(type(db.session), "execute", fail)
    assert client.get("/ready").status_code == 503
    assert client.get("/health").status_code == 200


def test_every_answer_has_security_headers(client) -> None:
    for path in ("/", "/health", "/nowhere/"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
    secure = client.get("/", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=")


def test_without_tls_nothing_insists_on_it(app, client, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "HTTPS", False)
    answer = client.get("/health", base_url="https://localhost")
    assert "Strict-Transport-Security" not in answer.headers


def test_a_request_id_is_taken_or_made(client) -> None:
    assert client.get("/", headers={"X-Request-ID": "abc-1"}).headers["X-Request-ID"] == "abc-1"
    for given in ("", "a b", "x" * 65):
        made = client.get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"]
        assert len(made) == 32


def test_log_lines_carry_the_request_id(app) -> None:
    record = logging.makeLogRecord({})
    with app.test_request_context(headers={"X-Request-ID": "abc-1"}):
        app.preprocess_request()
        RequestIdFilter().filter(record)
    assert vars(record)["request_id"] == "abc-1"


def test_lines_for_programs_name_their_parts(capsys, monkeypatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    app = assemble(logs, LOG_FORMAT="json", LOG_LEVEL="INFO")
    app.test_client().get("/nowhere/", headers={"X-Request-ID": "abc-1"})
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert (line["requestId"], line["level"], line["logger"]) == ("abc-1", "INFO", "app.requests")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/nowhere/", 404)
    assert dt.datetime.fromisoformat(line["time"]).tzinfo, "a time without its zone"


def test_a_changed_static_file_has_a_new_address(app, monkeypatch, tmp_path) -> None:
    addresses = set()
    for text, started in (("old", app), ("new", assemble(static))):
        (tmp_path / "changed.css").write_text(text)
        monkeypatch.setattr(started, "static_folder", str(tmp_path))
        with started.test_request_context():
            addresses.add(url_for("static", filename="changed.css"))
            assert url_for("static", filename="nothing.css") == "/static/nothing.css"
    assert len(addresses) == 2


def test_a_reader_holds_up_no_writer_on_sqlite(tmp_path) -> None:
    file = f"sqlite:///{tmp_path / 'data.sqlite3'}"
    app = assemble(db, SQLALCHEMY_ENGINES={"default": file})
    count = sa.text("SELECT count(*) FROM written")
    with app.app_context(), db.engine.connect() as reader, db.engine.connect() as writer:
        writer.execute(sa.text("CREATE TABLE written (id INTEGER)"))
        writer.commit()
        assert reader.scalar(count) == 0
        writer.execute(sa.text("PRAGMA busy_timeout=0"))
        writer.execute(sa.text("INSERT INTO written VALUES (1)"))
        writer.commit()
        assert reader.scalar(count) == 0


def test_credentials_of_an_unknown_kind_are_ignored(user_client, user) -> None:
    page = user_client.get("/", headers={"Authorization": "Basic dTpw"})
    assert user.email in page.text


@pytest.mark.usefixtures("csrf")
def test_forms_need_their_token(client) -> None:
    data = {"email": "user@example.com", "password": "correct-horse"}
    answer = client.post("/accounts/login/", data=data)
    assert (answer.status_code, answer.mimetype) == (403, "text/html")
    assert "The form has expired." in answer.text
    assert "CSRF" not in answer.text


def test_proxies_are_trusted_as_configured() -> None:
    forwarded = {"X-Forwarded-Proto": "https"}
    for count, secure in ((0, False), (1, True)):
        app = assemble(security, TRUSTED_PROXIES=count)
        answer = app.test_client().get("/health", headers=forwarded)
        assert ("Strict-Transport-Security" in answer.headers) is secure


def test_another_host_is_refused(client) -> None:
    for path, status in (("/", 400), ("/nowhere/", 400), ("/health", 200)):
        assert client.get(path, base_url="http://evil.example").status_code == status
    assert client.get("/", headers={"Host": "LOCALHOST"}).status_code == 200
    for path in ("/", "/health", "/api/"):
        assert client.get(path, headers={"Host": ".localhost"}).status_code == 400


def test_no_list_of_hosts_is_not_every_host(app, client, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "ALLOWED_HOSTS", [])
    assert client.get("/").status_code == 400


def test_a_log_line_is_one_line(client, caplog) -> None:
    with caplog.at_level("INFO"):
        client.get("/nowhere/%0aINFO all is well/")
    assert [line for line in caplog.messages if "nowhere" in line and "\n" not in line]


@pytest.mark.parametrize("path", ["/", "/accounts/login/"])
def test_pages_need_nothing_from_elsewhere(client, path) -> None:
    text = client.get(path).text
    assert "<style" not in text
    assert "http://" not in text
    assert "https://" not in text


def test_demo_data_are_for_development(app) -> None:
    refused = app.test_cli_runner().invoke(args=["seed"])
    assert (refused.exit_code, "--force" in refused.output) == (1, True)


def test_demo_data_comes_once(app) -> None:
    run = app.test_cli_runner().invoke
    first, second = run(args=["seed", "--force"]), run(args=["seed", "--force"])
    assert first.exit_code == second.exit_code == 0, first.output
    assert "accounts: 2 rows added" in first.output
    assert all(line.endswith(": 0 rows added") for line in second.output.splitlines())

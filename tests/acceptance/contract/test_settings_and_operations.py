"""Production's settings, headers, logs, limits and probes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.contract.client import Client, data, expect, html, problem
from tests.projects import (
    PASSWORD,
    is_flask,
    listening,
    prepare,
    production,
    run,
)

REQUIRED = ("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS")


def commands(project: Path) -> list[list[str]]:
    """Commands of a production server."""
    if is_flask(project):
        return [["gunicorn", "wsgi:app", "--bind", "127.0.0.1:0"], ["flask", "routes"]]
    return [["gunicorn", "config.wsgi:application"], ["python", "manage.py", "check"]]


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("number", [0, 1])
def test_production_names_what_is_missing(project: Path, name: str, number: int) -> None:
    variables = production(project, "sqlite:////nowhere/x.sqlite3") | {name: ""}
    done = run(
        project, "uv", "run", "--quiet", "--no-sync", *commands(project)[number], **variables
    )
    assert done.returncode != 0
    assert name in done.stdout
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("secret", ["change-me", "x" * 60])
def test_production_refuses_a_weak_secret(project: Path, secret: str) -> None:
    variables = production(project, "sqlite:////nowhere/x.sqlite3") | {"SECRET_KEY": secret}
    done = run(project, "uv", "run", "--quiet", "--no-sync", *commands(project)[1], **variables)
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stdout
    assert "Traceback" not in done.stdout


def test_demo_data_is_for_development(project: Path, tmp_path: Path) -> None:
    variables = production(project, f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    prepare(project, variables)
    command = ["flask", "seed"] if is_flask(project) else ["python", "manage.py", "seed"]
    done = run(project, "uv", "run", "--quiet", "--no-sync", *command, **variables)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout


def test_security_headers(visitor: Client) -> None:
    for path in ("/", "/api/v1/blog/posts/", "/nowhere/"):
        headers = visitor.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] in ("same-origin", "strict-origin-when-cross-origin")
        transport = headers["Strict-Transport-Security"]
        assert int(re.findall(r"max-age=(\d+)", transport)[0]) <= 86400
        assert "includeSubDomains" not in transport
        assert "preload" not in transport


def test_pages_of_a_person_are_not_cached(ada_at_pages: Client, ada: Client) -> None:
    for response in (ada_at_pages.get("/orders/orders/"), ada.get("/api/v1/auth/me/")):
        control = response.headers.get("Cache-Control", "")
        assert "private" in control or "no-store" in control


def test_request_ids(visitor: Client) -> None:
    for path in ("/", "/api/v1/blog/posts/", "/api/v1/nothing/", "/nowhere/"):
        response = visitor.get(path, headers={"X-Request-ID": "contract-42"})
        assert response.headers["X-Request-ID"] == "contract-42"
    assert len({visitor.get("/").headers["X-Request-ID"] for _ in range(3)}) == 3


def test_log_lines(visitor: Client, ada: Client, log: Path) -> None:
    """JSON with request id, user id and client address; no token and no password."""
    headers = {"X-Request-ID": "contract-log-1", "X-Forwarded-For": "203.0.113.7"}
    ada.get("/api/v1/auth/me/", headers=headers)
    wrong = {"email": "ada@example.com", "password": "not-this-secret"}
    problem(visitor.post("/api/v1/auth/token/", wrong), 401)
    lines = [line for line in log.read_text().splitlines() if "contract-log-1" in line]
    assert lines
    entries = [json.loads(line) for line in lines if line.startswith("{")]
    assert any(entry.get("request_id") == "contract-log-1" for entry in entries), lines
    me = data(ada.get("/api/v1/auth/me/"))["id"]
    values = [str(value) for entry in entries for value in entry.values()]
    assert str(me) in values, f"no user id in {entries}"
    assert any("203.0.113.7" in value for value in values), f"no client address in {entries}"
    text = log.read_text()
    for secret in (PASSWORD, "not-this-secret", ada.token):
        assert secret not in text


def test_the_database_is_away(project: Path, tmp_path: Path) -> None:
    """A server without its database lives, is not ready and shows no traceback."""
    variables = production(project, "sqlite:////nowhere/x.sqlite3")
    with listening(project, tmp_path / "log", variables) as base:
        visitor = Client(base)
        data(visitor.get("/health"))
        expect(visitor.get("/ready"), 503)
        problem(visitor.get("/api/v1/blog/posts/"), 500, 503)
        assert "Traceback" not in visitor.get("/blog/posts/").text


@pytest.fixture(scope="module")
def limited(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the limits that a project has by default."""
    place = tmp_path_factory.mktemp("limited")
    variables = production(project, f"sqlite:///{place / 'x.sqlite3'}")
    for name in ("LOGIN_LIMIT", "API_RATE"):
        variables.pop(name, None)
    prepare(project, variables)
    with listening(project, place / "log", variables) as base:
        yield base


def test_logins_and_tokens_are_limited(limited: str) -> None:
    client = Client(limited)
    wrong = {"email": "grace@example.com", "password": "wrong"}
    responses = [client.post("/api/v1/auth/token/", wrong) for _ in range(12)]
    problem(responses[-1], 429)
    assert int(responses[-1].headers["Retry-After"]) > 0
    assert responses[0].status_code == 401
    form = client.page("/accounts/login/").form()
    values = form.fill({"type=email": "ada@example.com", "type=password": "wrong"})
    statuses = []
    for _ in range(12):
        response = client.send("POST", "/accounts/login/", data=values)
        statuses.append(response.status_code)
    right = form.fill({"type=email": "ada@example.com", "type=password": PASSWORD})
    blocked = client.send("POST", "/accounts/login/", data=right)
    assert blocked.status_code not in (302, 303), statuses


def test_the_debug_page_is_for_development(visitor: Client) -> None:
    html(visitor.get("/nowhere/?__debugger__=yes"), 404)

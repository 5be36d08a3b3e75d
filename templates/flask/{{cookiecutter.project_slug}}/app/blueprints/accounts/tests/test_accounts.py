"""Accounts: passwords, sessions, the login page, the command."""

import io

import pytest

from app.blueprints.accounts import cli, services
from app.blueprints.accounts.models import User
from app.core.db import db

LOGIN = "/accounts/login/"


def test_the_address_is_lower_case_unique_and_an_address(user: User) -> None:
    for email in (user.email.upper(), "nonsense"):
        with pytest.raises(services.AccountError):
            services.create_user(email, "correct-horse")
    with pytest.raises(services.AccountError, match="at least"):
        services.create_user("new@example.com", "short")
    with pytest.raises(services.AccountError, match="digits"):
        services.create_user("new@example.com", "0123456789")
    for weak in ("long-enough", "Long-Enough@example.com", "A Long Name"):
        with pytest.raises(services.AccountError, match="neither"):
            services.create_user("long-enough@example.com", weak, name="a long name")
    with pytest.raises(services.AccountError, match="at most 80"):
        services.create_user("new@example.com", "correct-horse", name="x" * 81)


def test_an_address_that_staff_type_is_kept_in_lower_case(user: User) -> None:
    user.email = " Ada.L@Example.COM "
    db.session.commit()
    assert services.authenticate("ada.l@example.com", "correct-horse") == user


def test_others_see_the_name_and_never_the_address(user: User) -> None:
    assert str(user) == "Ada"
    user.name = ""
    assert str(user) == f"User {user.id}"
    assert user.staff_label == user.email


def test_passwords_are_hashed_with_argon2(user: User) -> None:
    assert user.password_hash.startswith("$argon2id$")
    assert services.authenticate(user.email.upper(), "correct-horse") == user
    assert services.authenticate(user.email, "wrong") is None
    assert services.authenticate("nobody@example.com", "correct-horse") is None
    user.password_hash = "nonsense"
    assert not services.is_password(user, "correct-horse")


def test_sign_in_and_out(client, user: User) -> None:
    assert "Log in" in client.get("/").text
    wrong = client.post(LOGIN, data={"email": user.email, "password": "wrong"})
    assert wrong.status_code == 422
    assert "is wrong" in wrong.text
    right = client.post(LOGIN, data={"email": user.email, "password": "correct-horse"})
    assert right.location == "/"
    assert user.email in client.get("/").text
    assert client.post("/accounts/logout/").location == "/"
    assert user.email not in client.get("/").text


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/health", "/health"),
        ("https://elsewhere.example", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("/\t/elsewhere.example", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("", "/"),
    ],
)
def test_the_login_leads_back_but_never_away(client, user: User, target, expected) -> None:
    data = {"email": user.email, "password": "correct-horse"}
    response = client.post(LOGIN, query_string={"next": target}, data=data)
    assert response.location == expected


def test_the_login_takes_what_a_browser_sends_and_nothing_else(client, user: User) -> None:
    right = {"email": user.email, "password": "correct-horse"}
    assert client.post(LOGIN, json=right).status_code == 422
    assert client.post(LOGIN, json=[right]).status_code == 422
    files = {"email": (io.BytesIO(b"x"), "a.txt"), "password": "correct-horse"}
    assert client.post(LOGIN, data=files).status_code == 422
    assert client.post(LOGIN, data=right | {"email": "a\0@example.com"}).status_code == 422


def test_what_the_signed_in_see_is_kept_by_no_cache(user_client, client) -> None:
    assert user_client.get("/").headers["Cache-Control"] == "no-store, private"
    assert "Cache-Control" not in client.get("/").headers


def test_a_file_that_others_may_cache_brings_no_session(
    app, client, user: User, monkeypatch, tmp_path
) -> None:
    (tmp_path / "a.css").touch()
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    client.post(LOGIN, data={"email": user.email, "password": "correct-horse"})
    for path in ("/static/a.css", "/health"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_session_ends_with_the_password_and_with_the_account(user_client, user: User) -> None:
    assert user.email in user_client.get("/").text
    services.set_password(user, "another-horse")
    assert user.email not in user_client.get("/").text
    with user_client.session_transaction() as session:
        session["stamp"] = user.session_stamp
    assert user.email in user_client.get("/").text
    user.is_active = False
    db.session.commit()
    assert user.email not in user_client.get("/").text
    assert services.authenticate(user.email, "another-horse") is None


def test_the_command_creates_staff(app) -> None:
    run = app.test_cli_runner().invoke
    arguments = ["accounts", "create-user", "boss@example.com", "--name", " Boss ", "--staff"]
    result = run(args=[*arguments, "--password", "correct-horse"])
    assert result.exit_code == 0, result.output
    boss = services.find_user("boss@example.com")
    assert boss
    assert (boss.name, boss.is_staff) == ("Boss", True)
    again = run(args=[*arguments, "--password", "correct-horse"])
    assert again.exit_code == 1
    assert "There is an account" in again.output


def test_the_command_takes_the_password_where_there_is_no_terminal(app, monkeypatch) -> None:
    monkeypatch.delenv("PASSWORD", raising=False)
    run = app.test_cli_runner().invoke
    arguments = ["accounts", "create-user"]
    assert run(args=[*arguments, "a@example.com"], input="correct-horse\n").exit_code == 0
    named = {"PASSWORD": "correct-horse"}
    assert run(args=[*arguments, "b@example.com"], env=named).exit_code == 0
    for email in ("a@example.com", "b@example.com"):
        assert services.authenticate(email, "correct-horse")
    nothing = run(args=[*arguments, "c@example.com"], input="")
    assert (nothing.exit_code, "set PASSWORD" in nothing.output) == (1, True)


def test_the_command_asks_in_a_terminal(app, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.prompt", lambda text, **how: "correct-horse" if how else text)
    assert cli._asked() == "correct-horse"

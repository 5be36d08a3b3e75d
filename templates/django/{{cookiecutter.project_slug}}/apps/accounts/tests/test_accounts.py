from io import StringIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client, override_settings

from apps.accounts.management.commands import create_user
from apps.accounts.models import User
from conftest import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def test_an_address_is_one_user_whatever_its_case(user: User) -> None:
    assert User.objects.get_by_natural_key("ADA@example.com ") == user
    with pytest.raises(IntegrityError):
        User.objects.create_user("Ada@Example.com", PASSWORD)


def test_others_see_the_name_and_never_the_address(user: User) -> None:
    assert str(user) == "Ada"
    user.name = ""
    assert str(user) == f"User {user.pk}"
    assert user.staff_label == user.email


def test_log_in_and_out(client: Client, user: User) -> None:
    answer = client.post(
        f"{LOGIN}?next=/ready",
        {"username": "ADA@example.com", "password": PASSWORD, "next": "/ready"},
    )
    assert answer.headers["Location"] == "/ready"
    assert "Log out" in client.get("/").content.decode()
    assert client.post("/accounts/logout/").status_code == 302
    assert "Log in" in client.get("/").content.decode()


def test_the_login_names_the_site(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert f"<title>Log in · {settings.SITE_NAME}</title>" in page


def test_a_wrong_password_shows_the_form_again(client: Client, user: User) -> None:
    answer = client.post(LOGIN, {"username": user.email, "password": "wrong"})
    assert answer.status_code == 422
    assert "do not belong together" in answer.content.decode()


def test_guessing_is_answered_with_a_pause(client: Client, user: User) -> None:
    for _ in range(10):
        client.post(LOGIN, {"username": user.email, "password": "wrong"})
        cache.clear()  # the count is not what one process keeps for itself
    answer = client.post(LOGIN, {"username": user.email, "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 301
    other = client.post(LOGIN, {"username": "eve@example.com", "password": "wrong"})
    assert other.status_code == 422


@override_settings(LOGIN_FAILURES=1)
def test_one_address_cannot_go_through_all_accounts(client: Client, user: User) -> None:
    for number in range(10):
        sent = {"username": f"user{number}@example.com", "password": "wrong"}
        assert client.post(LOGIN, sent).status_code == 422
    answer = client.post(LOGIN, {"username": user.email, "password": PASSWORD})
    assert answer.status_code == 429


def test_a_right_password_ends_the_count(client: Client, user: User) -> None:
    for _ in range(2):
        for _ in range(9):
            client.post(LOGIN, {"username": user.email, "password": "wrong"})
        assert client.post(LOGIN, {"username": user.email, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("way", ["option", "environment", "input", "terminal"])
def test_create_user(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PASSWORD", raising=False)
    words = ["create_user", "Ada@Example.com", "--staff", "--name", " Ada "]
    if way == "option":
        words += ["--password", PASSWORD]
    elif way == "environment":
        monkeypatch.setenv("PASSWORD", PASSWORD)
    elif way == "input":
        monkeypatch.setattr("sys.stdin", StringIO(f"{PASSWORD}\n"))
    else:
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr(create_user, "getpass", lambda prompt: PASSWORD)
    call_command(*words, stdout=StringIO())
    user = User.objects.get()
    assert (user.email, user.name) == ("ada@example.com", "Ada")
    assert user.is_staff
    assert user.is_superuser
    assert user.check_password(PASSWORD)


def test_create_user_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", StringIO())
    with pytest.raises(CommandError, match="set PASSWORD"):
        call_command("create_user", "ada@example.com")
    typed = iter([PASSWORD, "another"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(create_user, "getpass", lambda prompt: next(typed))
    with pytest.raises(CommandError, match="differ"):
        call_command("create_user", "ada@example.com")


def test_create_user_leaves_an_account_alone(user: User) -> None:
    with pytest.raises(CommandError, match="changepassword"):
        call_command("create_user", user.email.upper(), "--password", "another-battery")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("email", "password", "name"),
    [
        ("no address", PASSWORD, "Ada"),
        ("a@b.example", "1", "Ada"),
        ("a@b.example", PASSWORD, "x" * 81),
    ],
)
def test_create_user_refuses(email: str, password: str, name: str) -> None:
    with pytest.raises(CommandError):
        call_command("create_user", email, "--password", password, "--name", name)
    assert not User.objects.exists()


def test_superuser() -> None:
    assert User.objects.create_superuser("root@example.com", PASSWORD).is_superuser

import re
from collections.abc import Callable
from contextvars import Context
from threading import Event
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings

from apps.accounts.models import User
from apps.registration import forms
from conftest import PASSWORD
from core.logs import RequestIdFilter

pytestmark = pytest.mark.django_db
SIGN_UP = "/accounts/signup/"
OTHER = "another-horse-battery"
PASSWORDS = {"password1": PASSWORD, "password2": PASSWORD}
RESET = "/accounts/password/reset/"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What threads would do is done before the answer."""

    class Thread:
        def __init__(self, target: Callable[..., Any], args: tuple[Any, ...]) -> None:
            self.start = lambda: Context().run(target, *args)

    monkeypatch.setattr(forms, "Thread", Thread)


def test_sign_up_signs_in(client: Client) -> None:
    form = {"name": " Neo ", "email": "New@Example.com", **PASSWORDS}
    assert client.post(SIGN_UP, form).status_code == 302
    user = User.objects.get()
    assert (user.email, str(user)) == ("new@example.com", "Neo")
    assert "Log out" in client.get("/").content.decode()


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\0"])
def test_sign_up_needs_a_name(client: Client, db: None, name: str) -> None:
    form = {"name": name, "email": "new@example.com", **PASSWORDS}
    assert client.post(SIGN_UP, form).status_code == 422
    assert not User.objects.exists()


def test_a_taken_address_is_refused(client: Client, user: User) -> None:
    form = {"name": "Ada", "email": user.email.upper(), **PASSWORDS}
    assert client.post(SIGN_UP, form).status_code == 422


def test_of_two_with_one_address_the_first_signs_up(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(User, "validate_unique", lambda *args, **options: None)
    answer = client.post(SIGN_UP, {"name": "Neo", "email": user.email, **PASSWORDS})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"email"}


def test_no_column_holds_an_address_of_such_length(client: Client, db: None) -> None:
    form = {"name": "Neo", "email": f"{'x' * 290}@example.com", **PASSWORDS}
    assert client.post(SIGN_UP, form).status_code == 422


@override_settings(SIGNUP_ENABLED=False)
def test_sign_up_can_be_closed(client: Client) -> None:
    assert client.get(SIGN_UP).status_code == 404


def test_a_name_is_changed_by_its_owner(client: Client, user: User) -> None:
    path = "/accounts/profile/"
    assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
    client.force_login(user)
    assert 'href="/accounts/password/change/"' in client.get(path).content.decode()
    for wrong in ("  ", "x" * 81, "a\0"):
        assert client.post(path, {"name": wrong}).status_code == 422
    assert client.post(path, {"name": " Grace "}).headers["Location"] == "/"
    user.refresh_from_db()
    assert str(user) == "Grace"


def test_change_of_password(client: Client, user: User) -> None:
    path = "/accounts/password/change/"
    assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
    client.force_login(user)
    form = {"old_password": PASSWORD, "new_password1": OTHER, "new_password2": OTHER}
    assert client.post(path, {**form, "old_password": "wrong"}).status_code == 422
    assert client.post(path, form).status_code == 302
    user.refresh_from_db()
    assert user.check_password(OTHER)


@pytest.mark.usefixtures("at_once")
def test_reset_by_mail(client: Client, user: User) -> None:
    assert client.get(RESET).status_code == 200
    answers = [client.post(RESET, {"email": email}) for email in (user.email, "no@example.com")]
    assert {answer.headers["Location"] for answer in answers} == {f"{RESET}sent/"}
    assert client.get(f"{RESET}sent/").status_code == 200
    assert [message.to for message in mail.outbox] == [[user.email]]
    assert settings.SITE_NAME in mail.outbox[0].subject
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link
    page = client.get(link[1], follow=True)
    form = {"new_password1": OTHER, "new_password2": OTHER}
    assert client.post(page.redirect_chain[-1][0], form).headers["Location"] == "/accounts/login/"
    user.refresh_from_db()
    assert user.check_password(OTHER)
    again = client.get(link[1])
    assert (again.status_code, "no longer good" in again.content.decode()) == (404, True)


def test_the_answer_does_not_wait_for_the_mail_server(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answered, sent = Event(), Event(), Event()

    def send(*message: Any) -> None:
        asked.set()
        if answered.wait(timeout=10):
            sent.set()

    monkeypatch.setattr(mail.EmailMessage, "send", send)
    assert client.post(RESET, {"email": user.email}).status_code == 302
    answered.set()
    assert asked.wait(timeout=10)
    assert sent.wait(timeout=10)


def test_the_old_password_can_be_guessed_ten_times(client: Client, user: User) -> None:
    client.force_login(user)
    form = {"old_password": "wrong", "new_password1": OTHER, "new_password2": OTHER}
    answers = [client.post("/accounts/password/change/", form) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


@pytest.mark.usefixtures("at_once")
@override_settings(SIGNUP_LIMIT=2)
def test_one_address_sends_few_mails(client: Client, user: User) -> None:
    answers = [client.post(RESET, {"email": user.email}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert len(mail.outbox) == 2
    assert client.post(SIGN_UP, {}).status_code == 429


@pytest.mark.usefixtures("at_once")
def test_a_link_is_not_in_the_log(
    client: Client, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    client.post(RESET, {"email": user.email})
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link
    token = link[1].split("/")[-2]
    strict = Client(enforce_csrf_checks=True)
    with caplog.at_level("INFO"), caplog.filtering(RequestIdFilter()):
        assert client.get(link[1]).status_code == 302
        assert client.get(link[1].rstrip("/")).status_code == 308
        assert client.get(f"{link[1]}nothing/").status_code == 404
        assert strict.delete(link[1]).status_code == 403
    data = [vars(record).get("data") for record in caplog.records]
    assert token not in f"{caplog.text} {data}"
    assert caplog.text.count(RESET) == caplog.text.count("***")

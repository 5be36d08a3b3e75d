import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings

from apps.accounts.models import User
from conftest import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_UP = "/accounts/signup/"
OTHER = "another-horse-battery"
PASSWORDS = {"password1": PASSWORD, "password2": PASSWORD}


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


def test_reset_by_mail(client: Client, user: User) -> None:
    path = "/accounts/password/reset/"
    assert client.get(path).status_code == 200
    answers = [client.post(path, {"email": email}) for email in (user.email, "no@example.com")]
    assert {answer.headers["Location"] for answer in answers} == {f"{path}sent/"}
    assert client.get(f"{path}sent/").status_code == 200
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


def test_the_old_password_can_be_guessed_ten_times(client: Client, user: User) -> None:
    client.force_login(user)
    form = {"old_password": "wrong", "new_password1": OTHER, "new_password2": OTHER}
    answers = [client.post("/accounts/password/change/", form) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


@override_settings(SIGNUP_LIMIT=2)
def test_one_address_sends_few_mails(client: Client, user: User) -> None:
    answers = [client.post("/accounts/password/reset/", {"email": user.email}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert len(mail.outbox) == 2
    assert client.post(SIGN_UP, {}).status_code == 429


def test_a_link_is_not_in_the_log(
    client: Client, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/accounts/password/reset/", {"email": user.email})
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link
    with caplog.at_level("INFO", logger="core.requests"):
        assert client.get(link[1]).status_code == 302
    assert link[1] not in caplog.text
    assert "***" in caplog.text

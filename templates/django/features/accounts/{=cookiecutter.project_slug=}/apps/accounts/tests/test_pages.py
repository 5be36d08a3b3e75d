import re

import pytest

from apps.accounts.models import User
from apps.accounts.tests.addresses import EmailAddressFactory
from apps.accounts.tests.factories import NEW_PASSWORD, PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def log_in(client, email, password=PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def link(mail):
    return re.search(r"http://testserver(\S+)", mail.body)[1]


def test_sign_up_confirm_and_log_out(client, mailoutbox):
    values = {"name": "Ada", "email": "Ada@Example.com", "password1": PASSWORD}
    response = client.post("/accounts/signup/", {**values, "password2": PASSWORD})
    assert response["Location"] == "/accounts/confirm-email/"
    assert client.get("/accounts/profile/").status_code == 302  # not yet
    response = client.post(link(mailoutbox[0]), follow=True)
    assert response.context["user"] == User.objects.get(email="ada@example.com", name="Ada")
    client.post("/accounts/logout/")
    assert client.get("/accounts/profile/").status_code == 302


def test_sign_up_does_not_tell_who_has_an_account(client, user, mailoutbox):
    values = {"name": "Eve", "email": user.email, "password1": PASSWORD, "password2": PASSWORD}
    response = client.post("/accounts/signup/", values)
    assert response["Location"] == "/accounts/confirm-email/"
    assert User.objects.get() == user


def test_weak_passwords_are_refused(client):
    for password in ("short", "1234567890", "password12"):
        values = {"name": "Ada", "email": "a@example.com"}
        values |= {"password1": password, "password2": password}
        assert client.post("/accounts/signup/", values).context["form"].errors["password1"]


def test_log_in_is_limited(client, user):
    assert log_in(client, user.email.upper())["Location"] == "/"
    client.post("/accounts/logout/")
    for _ in range(6):
        response = log_in(client, user.email, "wrong")
    assert "Too many failed" in response.context["form"].non_field_errors()[0]
    assert log_in(client, user.email).status_code == 200  # even with the right one


def test_reset_ends_other_sessions_and_works_once(client, user, mailoutbox):
    client.force_login(user)
    other = type(client)()
    other.post("/accounts/password/reset/", {"email": user.email})
    address = link(mailoutbox[0])
    form = other.get(address, follow=True)
    values = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    other.post(form.request["PATH_INFO"], values)
    assert client.get("/accounts/profile/").status_code == 302
    assert "Bad Token" in type(client)().get(address, follow=True).text
    assert log_in(other, user.email, NEW_PASSWORD)["Location"] == "/"


def test_change_password(client, user):
    client.force_login(user)
    values = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
    client.post("/accounts/password/change/", {**values, "password2": NEW_PASSWORD})
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


def test_profile(client, user):
    client.force_login(user)
    assert user.email in client.get("/accounts/profile/").text
    assert "This field is required." in client.post("/accounts/profile/", {"name": ""}).text
    client.post("/accounts/profile/", {"name": "Countess"})
    user.refresh_from_db()
    assert str(user) == "Countess"


def test_a_superuser_logs_in_at_once(client):
    User.objects.create_superuser("root@example.com", PASSWORD)
    assert log_in(client, "root@example.com")["Location"] == "/"


def test_an_unconfirmed_address_does_not_log_in(client):
    user = UserFactory(address=None)
    EmailAddressFactory(user=user, verified=False)
    assert log_in(client, user.email)["Location"] == "/accounts/confirm-email/"


def test_a_mail_server_that_is_away_stops_nothing(client, user, monkeypatch, caplog):
    def away(*args, **kwargs):
        raise OSError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    for email in (user.email, "nobody@example.com"):
        response = client.post("/accounts/password/reset/", {"email": email})
        assert response["Location"] == "/accounts/password/reset/done/"
    assert "could not be sent" in caplog.text

"""Sign-up, password change and reset."""

import re
from contextvars import Context
from functools import partial
from threading import Event

import pytest

from app.blueprints.accounts.services import authenticate, find_user
from app.blueprints.registration import services
from app.core.db import Base, db

SIGN_UP, PROFILE, CHANGE, RESET = (
    f"/accounts/{path}/" for path in ("signup", "profile", "password/change", "password/reset")
)


def twice(password: str) -> dict[str, str]:
    """A new password as the forms ask for it."""
    return {"password": password, "password_again": password}


@pytest.fixture
def at_once(monkeypatch) -> None:
    """What threads would do is done before the answer."""

    class Thread:
        def __init__(self, target, args):
            self.start = partial(Context().run, target, *args)

    monkeypatch.setattr(services, "Thread", Thread)


@pytest.fixture
def outbox(app, at_once, monkeypatch):
    """Mail that would have been sent."""
    monkeypatch.setitem(app.config, "EMAIL_URL", "memorymail://")
    monkeypatch.setitem(app.extensions, "outbox", [])
    return app.extensions["outbox"]


def test_sign_up_signs_in(client) -> None:
    sent = {"name": " Neo ", "email": "New@Example.com", **twice("correct-horse")}
    assert client.post(SIGN_UP, data=sent).location == "/"
    assert "new@example.com" in client.get("/").text
    assert str(find_user("new@example.com")) == "Neo"
    again = client.post(SIGN_UP, data=sent)
    assert again.status_code == 422
    assert "There is an account" in again.text


@pytest.mark.parametrize(
    "wrong",
    [
        twice("short"),
        {"password_again": "correct-house"},
        {"name": "  "},
        {"name": "x" * 81},
        {"name": "a\0"},
        {"email": f"{'x' * 250}@example.com"},
    ],
)
def test_sign_up_refuses(client, wrong) -> None:
    sent = {"name": "Neo", "email": "new@example.com", **twice("correct-horse"), **wrong}
    assert client.post(SIGN_UP, data=sent).status_code == 422
    assert find_user("new@example.com") is None


def test_of_two_with_one_address_the_first_signs_up(client, user, monkeypatch) -> None:
    monkeypatch.setattr("app.blueprints.accounts.services.find_user", lambda _email: None)
    sent = {"name": "Neo", "email": user.email, **twice("correct-horse")}
    answer = client.post(SIGN_UP, data=sent)
    assert (answer.status_code, "There is an account" in answer.text) == (422, True)


def test_sign_up_can_be_closed(app, client, monkeypatch) -> None:
    assert SIGN_UP in client.get("/accounts/login/").text
    monkeypatch.setitem(app.config, "SIGNUP_ENABLED", False)
    assert client.get(SIGN_UP).status_code == 404


def test_a_closed_sign_up_is_not_offered(make_app) -> None:
    client = make_app(SIGNUP_ENABLED=False).test_client()
    page = client.get("/accounts/login/").text
    assert SIGN_UP not in page
    assert RESET in page


def test_a_name_is_changed_by_its_owner(client, user_client, user) -> None:
    assert client.get(PROFILE).location == f"/accounts/login/?next={PROFILE}"
    page = user_client.get(PROFILE).text
    assert f'value="{user.name}"' in page
    assert f'href="{CHANGE}"' in page
    for wrong in ("  ", "x" * 81, "a\0"):
        assert user_client.post(PROFILE, data={"name": wrong}).status_code == 422
    assert user_client.post(PROFILE, data={"name": " Grace "}).location == "/"
    db.session.expire_all()
    assert str(user) == "Grace"


def test_changing_the_password_needs_the_old_one(client, user_client, user) -> None:
    assert client.get(CHANGE).location.startswith("/accounts/login/")
    wrong = user_client.post(CHANGE, data={"old_password": "x", **twice("another-horse")})
    assert "old password is wrong" in wrong.text
    short = user_client.post(CHANGE, data={"old_password": "correct-horse", **twice("x")})
    assert short.status_code == 422
    sent = {"old_password": "correct-horse", **twice("another-horse")}
    assert user_client.post(CHANGE, data=sent).location == "/"
    db.session.expire_all()
    assert authenticate(user.email, "another-horse")
    assert user.email in user_client.get("/").text


def test_a_link_by_mail_works_once(client, user, outbox) -> None:
    assert client.get(RESET).status_code == 200
    assert client.post(RESET, data={"email": user.email}).status_code == 302
    (mail,) = outbox
    assert mail["To"] == user.email
    assert "within 60 minutes" in mail.get_content()
    link = re.findall(r"http://localhost(\S+)", mail.get_content())[0]
    assert client.get(link).status_code == 200
    assert client.post(link, data=twice("short")).status_code == 422
    assert client.post(link, data=twice("another-horse")).status_code == 302
    db.session.expire_all()
    assert authenticate(user.email, "another-horse")
    assert client.get(link).status_code == 404


def test_strangers_and_closed_accounts_get_the_same_answer_and_no_mail(
    client, user, outbox
) -> None:
    user.is_active = False
    answers = [client.post(RESET, data={"email": e}) for e in (user.email, "x@example.com")]
    assert {(answer.status_code, answer.location) for answer in answers} == {
        (302, "/accounts/login/")
    }
    assert outbox == []


@pytest.mark.usefixtures("at_once")
def test_a_mail_that_cannot_be_sent_tells_nobody_of_an_account(
    app, client, user, monkeypatch, caplog
) -> None:
    monkeypatch.setitem(app.config, "EMAIL_URL", "smtp://127.0.0.1:1")
    known, unknown = (
        client.post(RESET, data={"email": email}) for email in (user.email, "nobody@example.com")
    )
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert f"the link for user {user.id} could not be sent" in caplog.text


def test_the_answer_does_not_wait_for_the_mail_server(client, user, monkeypatch) -> None:
    asked, answered = Event(), Event()

    def send(*_message):
        asked.set()
        assert answered.wait(timeout=10)

    monkeypatch.setattr(services, "send_mail", send)
    assert client.post(RESET, data={"email": user.email}).status_code == 302
    answered.set()
    assert asked.wait(timeout=10)


def test_a_link_expires_and_cannot_be_made_up(app, client, user, outbox, monkeypatch) -> None:
    assert client.get(f"{RESET}nonsense/").status_code == 404
    client.post(RESET, data={"email": user.email})
    monkeypatch.setitem(app.config, "PASSWORD_RESET_TIMEOUT", -1)
    link = re.findall(r"http://localhost(\S+)", outbox[0].get_content())[0]
    assert client.get(link).status_code == 404


def test_a_link_dies_with_the_address_it_was_sent_to(client, user, outbox) -> None:
    client.post(RESET, data={"email": user.email})
    link = re.findall(r"http://localhost(\S+)", outbox[0].get_content())[0]
    assert client.get(link).status_code == 200
    user.email = "new@example.com"
    db.session.commit()
    assert client.get(link).status_code == 404


def test_a_link_is_not_in_the_log(client, user, outbox, caplog) -> None:
    client.post(RESET, data={"email": user.email})
    link = re.findall(r"http://localhost(\S+)", outbox[0].get_content())[0].rstrip("/")
    with caplog.at_level("INFO"):
        for path in (link, f"{link}/"):
            assert client.get(path).status_code == 200
    assert link not in caplog.text
    assert f"{RESET}***/" in caplog.text


def test_the_old_password_can_be_guessed_ten_times(user_client) -> None:
    guess = {"old_password": "wrong", **twice("another-horse")}
    answers = [user_client.post(CHANGE, data=guess).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]

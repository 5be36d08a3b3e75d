import pytest
from allauth.core import context as allauth_context
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from kombu.exceptions import OperationalError

from apps.accounts import background
from apps.accounts.background import BackgroundAccountAdapter
from apps.accounts.tasks import send_message

RESET = "/accounts/password/reset/"
DONE = "/accounts/password/reset/done/"


@pytest.fixture
def _committed(monkeypatch):
    monkeypatch.setattr(background, "on_commit", transaction.on_commit)


@pytest.mark.usefixtures("_committed")
@pytest.mark.django_db(transaction=True)
def test_mail_leaves_after_the_commit(client, user, mailoutbox):
    with transaction.atomic():
        client.post(RESET, {"email": user.email})
        assert mailoutbox == []
    [message] = mailoutbox
    assert message.to == [user.email]
    assert "testserver" in message.body


@pytest.mark.usefixtures("_committed")
@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_stops_nothing(client, user, monkeypatch, caplog):
    def away(*arguments):
        raise OperationalError

    monkeypatch.setattr(send_message, "delay", away)
    for email in (user.email, "nobody@example.com"):
        assert client.post(RESET, {"email": email})["Location"] == DONE
    assert "OperationalError" in caplog.text


def test_a_mail_is_tried_again(monkeypatch, mailoutbox):
    failures = [OSError(), OSError()]
    send = EmailMultiAlternatives.send

    def away_twice(self, *arguments, **options):
        if failures:
            raise failures.pop()
        return send(self, *arguments, **options)

    monkeypatch.setattr(EmailMultiAlternatives, "send", away_twice)
    send_message.delay("Subject", "Text", ["ada@example.com"], "<p>Text</p>")
    [message] = mailoutbox
    assert message.alternatives[0][0] == "<p>Text</p>"


def test_html_goes_with_the_text(db, rf, monkeypatch, mailoutbox):
    def render(*arguments):
        message = EmailMultiAlternatives("Subject", "Text", None, ["ada@example.com"])
        message.attach_alternative("<p>Text</p>", "text/html")
        return message

    monkeypatch.setattr(BackgroundAccountAdapter, "render_mail", render)
    with allauth_context.request_context(rf.get("/")):
        BackgroundAccountAdapter().send_mail("prefix", "ada@example.com", {})
    assert mailoutbox[0].alternatives[0][0] == "<p>Text</p>"

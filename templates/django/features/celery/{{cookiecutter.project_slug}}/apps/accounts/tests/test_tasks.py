import logging
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery
from django.test import override_settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.accounts import tasks
from apps.accounts.models import User
from apps.accounts.tasks import announce_account, announce_new_accounts
from core.jobs.celery import app
from core.logs import RequestIdFilter
from core.webhooks import WebhookRefused, WebhookUnavailable
from tests.receiver import Receiver, receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Iterator[Receiver]:
    """A webhook that is away twice before it answers."""
    with receiver([503, 429, 204]) as known, override_settings(ACCOUNT_WEBHOOK=known.address):
        yield known


def test_an_account_is_announced_until_it_is_heard(told: Receiver, user: User) -> None:
    announce_account.delay(user.pk).get()
    assert told.bodies == [{"id": user.pk, "email": user.email}] * 3
    assert told.keys == [f"account-{user.pk}"] * 3


def test_log_lines_of_a_job_carry_its_id(monkeypatch: pytest.MonkeyPatch, user: User) -> None:
    seen = []

    def post(*args: Any, **kwargs: Any) -> None:
        record = logging.makeLogRecord({})
        RequestIdFilter().filter(record)
        seen.append(vars(record)["request_id"])

    monkeypatch.setattr(tasks, "post", post)
    with override_settings(ACCOUNT_WEBHOOK="http://localhost/"):
        job = announce_account.delay(user.pk)
    assert seen == [job.id]


def test_a_broker_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)  # it wins over what is said here
    options = app.conf.broker_transport_options
    with socket.create_server(("127.0.0.1", 0)) as silent:
        broker = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        with Celery(broker=broker, set_as_current=False) as client:
            seconds = options["socket_timeout"] / 20
            client.conf.broker_transport_options = options | {"socket_timeout": seconds}
            with pytest.raises(OperationalError):
                client.send_task("nothing", retry=False)


def test_it_gives_up_in_the_end(user: User) -> None:
    with receiver([500]) as known, override_settings(ACCOUNT_WEBHOOK=known.address):
        result = announce_account.delay(user.pk)
    with pytest.raises(WebhookUnavailable, match="answers 500"):
        result.get()
    assert len(known.keys) == 1 + tasks.RETRIES


@override_settings(ACCOUNT_WEBHOOK="http://127.0.0.1:9/")
def test_an_address_where_nobody_is_counts_as_away(user: User) -> None:
    with pytest.raises(WebhookUnavailable, match="does not answer"):
        announce_account.delay(user.pk).get()


def test_a_refusal_is_not_asked_again(user: User) -> None:
    with receiver([410]) as known, override_settings(ACCOUNT_WEBHOOK=known.address):
        result = announce_account.delay(user.pk)
    with pytest.raises(WebhookRefused):
        result.get()
    assert len(known.keys) == 1


def test_an_account_that_is_gone_is_no_error(told: Receiver) -> None:
    announce_account.delay(0).get()
    assert not told.keys


def test_recent_accounts_are_announced(told: Receiver, user: User, staff: User) -> None:
    User.objects.filter(id=staff.pk).update(date_joined=timezone.now() - 2 * tasks.RECENT)
    announce_new_accounts.delay().get()
    assert set(told.keys) == {f"account-{user.pk}"}


def test_nobody_is_told_without_an_address(monkeypatch: pytest.MonkeyPatch, user: User) -> None:
    monkeypatch.setattr(tasks, "post", None)
    announce_new_accounts.delay().get()


def test_the_schedule_names_jobs_that_exist() -> None:
    assert "announce new accounts" in app.conf.beat_schedule
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks

"""Jobs about accounts, run at once: no broker, no worker."""

import logging
import socket

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from app.blueprints.accounts import tasks
from app.blueprints.accounts.tasks import announce_account, announce_new_accounts
from app.core.columns import utc_now
from app.core.db import db
from app.core.logs import RequestIdFilter
from app.core.webhooks import WebhookRefused, WebhookUnavailable
from tests.receiver import receiver


@pytest.fixture(autouse=True)
def celery(app) -> None:
    """Jobs run in this application; each that is made takes them over."""
    app.extensions["celery"].set_current()


@pytest.fixture
def told(app, monkeypatch):
    """A webhook that is away twice before it answers."""
    with receiver([503, 429, 204]) as known:
        monkeypatch.setitem(app.config, "ACCOUNT_WEBHOOK", known.address)
        yield known


def test_an_account_is_announced_until_it_is_heard(told, user) -> None:
    announce_account.delay(user.id).get()
    assert told.bodies == [{"id": user.id, "email": user.email}] * 3
    assert told.keys == [f"account-{user.id}"] * 3


def test_it_gives_up_in_the_end(app, monkeypatch, user) -> None:
    with receiver([500]) as known:
        monkeypatch.setitem(app.config, "ACCOUNT_WEBHOOK", known.address)
        with pytest.raises(WebhookUnavailable, match="answers 500"):
            announce_account.delay(user.id).get()
    assert len(known.keys) == 1 + tasks.RETRIES
    with pytest.raises(WebhookUnavailable, match="does not answer"):
        announce_account.delay(user.id).get()


def test_a_refusal_is_not_asked_again(app, monkeypatch, user) -> None:
    with receiver([410]) as known:
        monkeypatch.setitem(app.config, "ACCOUNT_WEBHOOK", known.address)
        with pytest.raises(WebhookRefused):
            announce_account.delay(user.id).get()
    assert len(known.keys) == 1


def test_an_account_that_is_gone_is_no_error(told) -> None:
    announce_account.delay(0).get()
    assert not told.keys


def test_recent_accounts_are_announced(told, user, staff) -> None:
    staff.created_at = utc_now() - 2 * tasks.RECENT
    db.session.commit()
    announce_new_accounts.delay().get()
    assert set(told.keys) == {f"account-{user.id}"}


def test_nobody_is_told_without_an_address(app, monkeypatch, user) -> None:
    monkeypatch.setattr(tasks, "post", None)
    announce_new_accounts.delay().get()


def test_log_lines_of_a_job_carry_its_id(monkeypatch, user) -> None:
    seen = []

    def post(*_args, **_kwargs) -> None:
        record = logging.makeLogRecord({})
        RequestIdFilter().filter(record)
        seen.append(vars(record)["request_id"])

    monkeypatch.setattr(tasks, "post", post)
    job = announce_account.delay(user.id)
    assert seen == [job.id]


def test_a_broker_that_does_not_answer_is_given_up(app) -> None:
    options = app.extensions["celery"].conf.broker_transport_options
    with socket.create_server(("127.0.0.1", 0)) as silent:
        broker = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        with Celery(broker=broker, set_as_current=False) as client:
            seconds = options["socket_timeout"] / 20
            client.conf.broker_transport_options = options | {"socket_timeout": seconds}
            with pytest.raises(OperationalError):
                client.send_task("nothing", retry=False)


def test_the_schedule_names_jobs_that_exist(app) -> None:
    celery = app.extensions["celery"]
    assert "announce new accounts" in celery.conf.beat_schedule
    for entry in celery.conf.beat_schedule.values():
        assert entry["task"] in celery.tasks

"""Tasks that start after the commit."""

from unittest.mock import Mock

import pytest
from celery import shared_task
from flask import current_app
from kombu.exceptions import OperationalError
from sqlalchemy import text

from app.extensions import db
from app.jobs import start_after_commit

done = []


@shared_task
def note(word):
    done.append((current_app.name, word))


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def test_a_task_starts_after_the_commit():
    start_after_commit(note, "hello")
    assert done == []
    db.session.commit()
    assert done == [("app", "hello")]
    db.session.commit()
    assert len(done) == 1


def test_a_savepoint_is_no_commit():
    with db.session.begin_nested():
        start_after_commit(note, "hello")
    assert done == []
    db.session.commit()
    assert len(done) == 1


def test_a_task_never_starts_after_a_rollback():
    db.session.execute(text("SELECT 1"))
    start_after_commit(note, "hello")
    db.session.rollback()
    db.session.commit()
    assert done == []


def test_a_broker_that_is_away_is_logged(caplog):
    start_after_commit(Mock(delay=Mock(side_effect=OperationalError)), "hello")
    db.session.commit()
    assert "could not be queued" in caplog.text

"""The mail that welcomes people."""

import pytest
from flask_security import user_confirmed

from app.blueprints.accounts.tasks import send_welcome
from app.extensions import db


@pytest.fixture
def outbox(app):
    app.extensions["mailman"].outbox = []
    return app.extensions["mailman"].outbox


def test_people_are_welcomed_once_they_have_confirmed_their_address(app, user, outbox):
    user_confirmed.send(app, user=user)
    assert outbox == []
    db.session.commit()
    [message] = outbox
    assert message.to == [user.email]
    assert "Welcome" in message.subject


def test_nobody_is_welcomed_who_left_meanwhile(user, outbox):
    user.active = False
    db.session.commit()
    send_welcome.delay(user.id)
    send_welcome.delay(user.id + 1)
    assert outbox == []

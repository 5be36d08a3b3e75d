"""Limits that hold for more than one view."""

import pytest
from flask import Blueprint, Flask
from flask_limiter.util import get_remote_address

from app.core import limits
from app.core.limits import ViewLimiter

RATE = "1 per minute"


def statuses(limiter: ViewLimiter, *, limited: bool = False) -> list[int]:
    """What two requests for the same page are answered."""
    app = Flask(__name__)
    blueprint = Blueprint("pages", __name__)
    blueprint.add_url_rule("/", view_func=lambda: "here")
    if limited:
        limiter.limit(RATE)(blueprint)
    app.register_blueprint(blueprint)
    app.config["RATELIMIT_STORAGE_URI"] = "memory://"
    limiter.init_app(app)
    client = app.test_client()
    return [client.get("/").status_code for _ in range(2)]


@pytest.mark.parametrize("kind", ["default_limits", "application_limits"])
def test_limits_of_the_whole_application(kind) -> None:
    assert statuses(ViewLimiter(get_remote_address, **{kind: [RATE]})) == [200, 429]


def test_limits_of_a_blueprint() -> None:
    assert statuses(ViewLimiter(get_remote_address), limited=True) == [200, 429]


def test_nothing_is_counted_where_nothing_asks_for_it() -> None:
    assert statuses(ViewLimiter(get_remote_address)) == [200, 200]


def test_a_password_can_be_tried_ten_times(client) -> None:
    data = {"email": "user@example.com", "password": "wrong"}
    answers = [client.post("/accounts/login/", data=data) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert not any("Retry-After" in answer.headers for answer in answers[:-1])
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "Wait a while" in answers[-1].text
    other = {"email": "somebody@example.com", "password": "wrong"}
    assert client.post("/accounts/login/", data=other).status_code == 422


def test_one_address_cannot_go_through_all_accounts(app, client, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "LOGIN_FAILURES", 1)
    tried = [{"email": f"user{n}@example.com", "password": "wrong"} for n in range(11)]
    answers = [client.post("/accounts/login/", data=data).status_code for data in tried]
    assert answers == [422] * 10 + [429]


def test_counting_fails_for_no_body(app, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1_000_000)
    for body, kind in (
        (b"[" * 100_000, "application/json"),
        (b'{"email": 5}', "application/json"),
        (b'{"email": "\\ud800"}', "application/json"),
        (b"[]", "application/json"),
        (b"x" * 2_000_000, "application/x-www-form-urlencoded"),
    ):
        with app.test_request_context(method="POST", data=body, content_type=kind):
            assert len(limits._account().encode()) < 100

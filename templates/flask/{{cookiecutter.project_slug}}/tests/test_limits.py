"""Limits that hold for more than one view."""

import pytest
from flask import Blueprint, Flask
from flask_limiter.util import get_remote_address

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

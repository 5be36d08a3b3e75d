"""What is kept in the cache is right, and is kept."""

import logging
import os
import socket

import pytest
from sqlalchemy import delete, insert

from app.blueprints.accounts.models import User
from app.blueprints.accounts.services import create_user
from app.core import figures as module
from app.core.cache import cache
from app.core.db import Base, db
from app.core.figures import KEY, figures
from app.core.limits import limiter
from app.settings import cache as settings

REDIS = os.environ.get("TEST_REDIS_URL", "")
USERS = "Accounts user"


@pytest.fixture(autouse=True)
def empty(app, monkeypatch) -> None:
    monkeypatch.setattr(cache, "back", 0.0)
    cache.clear()


def test_figures_are_counted_once(user, queries) -> None:
    with queries() as counted:
        assert figures()[USERS] == 1
    assert len(counted) == len(list(Base.registry.mappers))
    with queries() as repeated:
        assert figures()[USERS] == 1
    assert not repeated


def test_a_row_that_comes_or_goes_is_seen_at_once(user) -> None:
    assert figures()[USERS] == 1
    other = create_user("other@example.com", "correct-horse")
    assert figures()[USERS] == 2
    db.session.delete(other)
    db.session.commit()
    assert figures()[USERS] == 1


def test_rows_that_come_or_go_in_one_statement_are_seen_at_once(user) -> None:
    assert figures()[USERS] == 1
    db.session.execute(insert(User), [{"email": "a@example.com", "password_hash": "-"}])
    db.session.commit()
    assert figures()[USERS] == 2
    db.session.execute(delete(User).where(User.email == "a@example.com"))
    db.session.commit()
    assert figures()[USERS] == 1


def test_a_change_that_adds_no_row_leaves_the_cache_alone(user) -> None:
    figures()
    user.is_staff = True
    db.session.commit()
    assert cache.get(KEY)
    db.session.add(User(email="b@example.com", password_hash="-"))
    db.session.flush()
    db.session.rollback()
    db.session.commit()
    assert cache.get(KEY)


def test_figures_are_forgotten_in_time(app, monkeypatch, user) -> None:
    monkeypatch.setitem(app.config, "FIGURES_SECONDS", -1)
    figures()
    assert cache.get(KEY) is None


def test_staff_see_them_on_the_first_page(client, user_client, staff_client) -> None:
    assert USERS in staff_client.get("/").text
    for other in (client, user_client):
        assert USERS not in other.get("/").text


def test_redis_is_left_alone_when_it_was_silent(make_app, caplog) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0.1)
        app = make_app(
            CACHE_TYPE="RedisCache",
            CACHE_REDIS_URL=f"redis://127.0.0.1:{silent.getsockname()[1]}/0",
            CACHE_OPTIONS=settings.REDIS_OPTIONS | {"socket_timeout": 0.1},
        )
        logging.getLogger().addHandler(caplog.handler)  # the new application has set up its own
        with app.app_context():
            for _ in range(3):
                assert cache.get(KEY) is None
        assert caplog.text.count("the cache does not answer") == 1
        silent.accept()[0].close()
        with pytest.raises(TimeoutError):
            silent.accept()  # what took too long was not tried twice


def test_no_page_fails_while_redis_is_away(make_app, caplog) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # and nobody listens
        away = f"redis://127.0.0.1:{closed.getsockname()[1]}/0"
        app = make_app(
            WTF_CSRF_ENABLED=False,
            SESSION_COOKIE_SECURE=False,
            CACHE_TYPE="RedisCache",
            CACHE_REDIS_URL=away,
            CACHE_OPTIONS=dict(settings.REDIS_OPTIONS),
            RATELIMIT_STORAGE_URI=away,
            RATELIMIT_STORAGE_OPTIONS=dict(settings.REDIS_OPTIONS),
            LOGIN_FAILURES=3,
        )
        logging.getLogger().addHandler(caplog.handler)  # the new application has set up its own
        with app.app_context():
            Base.metadata.create_all(db.engine)
            create_user("ana@example.com", "correct-horse", is_staff=True)  # it forgets the figures
            assert not cache.clear()
        client = app.test_client()
        right, wrong = (
            {"email": "ana@example.com", "password": word} for word in ("correct-horse", "wrong")
        )
        sent = [client.post("/accounts/login/", data=data) for data in (right, *[wrong] * 4)]
        assert [answer.status_code for answer in sent] == [302, 422, 422, 422, 429]
        assert USERS in client.get("/").text
    assert "the cache does not answer" in caplog.text
    assert "in-memory storage" in caplog.text


@pytest.mark.skipif(not REDIS, reason="TEST_REDIS_URL names no Redis to test with")
def test_redis_keeps_them_for_all_processes(make_app, monkeypatch) -> None:
    first, second = (make_app(CACHE_TYPE="RedisCache", CACHE_REDIS_URL=REDIS) for _ in range(2))
    with first.app_context():
        cache.clear()
        Base.metadata.create_all(db.engine)
        assert figures()[USERS] == 0
    with second.app_context():
        monkeypatch.setattr(module, "count", None)  # nobody counts again
        assert figures()[USERS] == 0
        cache.clear()


@pytest.mark.skipif(not REDIS, reason="TEST_REDIS_URL names no Redis to test with")
def test_redis_counts_the_limits_for_all_processes(make_app) -> None:
    data = {"email": "nobody@example.com", "password": "wrong"}
    statuses = []
    for number in range(2):
        app = make_app(
            WTF_CSRF_ENABLED=False,
            CACHE_TYPE="RedisCache",
            CACHE_REDIS_URL=REDIS,
            RATELIMIT_STORAGE_URI=REDIS,
            LOGIN_FAILURES=3,
        )
        with app.app_context():
            if number == 0:
                limiter.reset()
            Base.metadata.create_all(db.engine)
        client = app.test_client()
        statuses += [client.post("/accounts/login/", data=data).status_code for _ in range(2)]
    assert statuses == [422, 422, 422, 429]

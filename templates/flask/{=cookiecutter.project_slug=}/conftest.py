"""Fixtures for every test: an application, a transaction per test, clients, a query counter."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import Context
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

# Production's defaults, whatever `.env` says
os.environ["FLASK_DEBUG"] = "0"
os.environ["SECRET_KEY"] = "a key that nothing but tests uses"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "sqlite://")
os.environ["ALLOWED_HOSTS"] = "localhost"
# % for item in cookiecutter._slots.test_environment
os.environ["{= item.key =}"] = "{= item.value =}"
# % endfor
{= "" =}
from app import create_app
from app.blueprints.accounts.models import User
from app.blueprints.accounts.tests.factories import StaffFactory, UserFactory
from app.database import Base
from app.extensions import db, limiter

SETTINGS = {
    "TESTING": True,
    "SQLALCHEMY_ENGINES": {"default": {"url": os.environ["DATABASE_URL"]}},
    "SESSION_COOKIE_SECURE": False,
    "TRUSTED_PROXIES": 1,
    "LOGIN_LIMIT": "10 per minute",
    # % for item in cookiecutter._slots.test_settings
    "{= item.key =}": {= item.value | tojson =},
    # % endfor
    "SECURITY_HASHING_SCHEMES": ["hex_sha256"],  # fast, not safe; the next ones too
    "SECURITY_DEPRECATED_HASHING_SCHEMES": [],
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__rounds": 1,
        "argon2__memory_cost": 8,
        "argon2__parallelism": 1,
    },
}


class Client(FlaskClient):
    """Starts every request from nothing, as a server does: no user or session left in `g`."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs["buffered"] = True
        return Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session")
def app() -> Iterator[Flask]:
    app = create_app(SETTINGS)
    app.test_client_class = Client
    app.config["WTF_CSRF_ENABLED"] = limiter.enabled = False  # see `guarded_client`
    with app.app_context():
        Base.metadata.drop_all(db.engine)
        Base.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        Base.metadata.drop_all(db.engine)
        db.engine.dispose()


@pytest.fixture(autouse=True)
def transaction(app: Flask) -> Iterator[None]:
    """Undo whatever the test wrote: a commit within it only releases a savepoint."""
    with app.app_context(), db.engine.connect() as connection:
        outer = connection.begin()
        db.sessionmaker.configure(bind=connection, join_transaction_mode="create_savepoint")
        yield
        db.session.close()
        outer.rollback()
        db.sessionmaker.configure(bind=db.engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def guarded_client(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FlaskClient]:
    """A client with CSRF checks and rate limits, which other tests do without."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    monkeypatch.setattr(limiter, "enabled", True)
    yield client
    limiter.reset()


@pytest.fixture
def user() -> User:
    return UserFactory.create()


@pytest.fixture
def staff() -> User:
    return StaffFactory.create()


@pytest.fixture
def login(client: FlaskClient) -> Callable[[User], FlaskClient]:
    """`login(user)` signs in without the form, and returns the client."""

    def login(user: User) -> FlaskClient:
        with client.session_transaction() as session:
            session.clear()
            session.update(_user_id=user.get_id(), _fresh=True)
        return client

    return login


@pytest.fixture
def bearer() -> Callable[[User], dict[str, str]]:
    """`headers=bearer(user)` lets a client ask as that user."""
    return lambda user: {"Authorization": f"Bearer {user.get_auth_token()}"}


@pytest.fixture
def count_queries() -> Callable[[], AbstractContextManager[list[str]]]:
    """`with count_queries() as queries: …` collects the statements that were sent."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        queries: list[str] = []

        def collect(_connection, _cursor, statement, *_rest):  # noqa: ANN001, ANN002, ANN202
            if "SAVEPOINT" not in statement:
                queries.append(statement)

        event.listen(db.engine, "before_cursor_execute", collect)
        yield queries
        event.remove(db.engine, "before_cursor_execute", collect)

    return count

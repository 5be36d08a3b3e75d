"""Fixtures for every test: one application, one schema, one transaction per test."""

import gc
import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
for source in HERE.glob("app/settings/*.py"):  # what a shell has set is not meant for tests
    for name in re.findall(r'env\.\w+\(\s*"(\w+)"', source.read_text("utf-8")):
        os.environ.pop(name, None)
os.environ |= {"ENV_FILE": os.devnull, "FLASK_DEBUG": "0", "SECRET_KEY": "for tests only"}
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "sqlite://")
# % for item in cookiecutter._slots.required
os.environ["{{ item.key }}"] = {{ item.value | tojson }}
# % endfor
{{ "" }}
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app import blueprints, create_app
from app.blueprints.accounts.models import User
from app.blueprints.accounts.services import create_user
from app.core.db import Base, db
from app.core.limits import limiter
from app.discovery import modules
from tests.clients import Client, Runner
from tests.databases import create_database
from tests.queries import collect_queries

blueprints.__path__.append(str(HERE / "tests/blueprints"))
modules("models")  # before tests are collected, for there are tests of every model
PASSWORD = "correct-horse"
FAST_HASHER = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


@pytest.fixture(scope="session")
def app() -> Iterator[Flask]:
    """The application with all its tables."""
    app = create_app(
        {
            "TESTING": True,
            "LAZY_LOADING": "raise",
            "LOG_LEVEL": "WARNING",
            "PASSWORD_HASHER": FAST_HASHER,
            "SESSION_COOKIE_SECURE": False,
            "WTF_CSRF_ENABLED": False,
        }
    )
    create_database(app.config["DATABASE_URL"])
    app.test_client_class = Client
    app.test_cli_runner_class = Runner
    with app.app_context():
        left = sa.MetaData()  # also of blueprints that are gone
        left.reflect(db.engine)
        left.drop_all(db.engine)
        Base.metadata.create_all(db.engine)
    gc.freeze()  # all of this stays: the collector need not look at it during every test
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def make_app() -> Iterator[Callable[..., Flask]]:
    """Make further applications, each with an empty database of its own."""
    made, counting = [], vars(limiter).copy()

    def make(**overrides: Any) -> Flask:
        engines = {"default": "sqlite://"}
        settings = {"TESTING": True, "LOG_LEVEL": "WARNING", "PASSWORD_HASHER": FAST_HASHER}
        made.append(create_app(settings | {"SQLALCHEMY_ENGINES": engines} | overrides))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()
    vars(limiter).update(counting)  # one limiter counts for whatever application came last


@pytest.fixture(autouse=True)
def transaction(app: Flask) -> Iterator[None]:
    """Undo, after each test, everything it wrote: commits only release savepoints."""
    limiter.reset()
    with app.app_context(), db.engine.connect() as connection:
        outer = connection.begin()
        db.sessionmaker.configure(bind=connection, join_transaction_mode="create_savepoint")
        yield
        db.session.close()
        outer.rollback()
        db.sessionmaker.configure(bind=db.engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor."""
    return app.test_client()


@pytest.fixture
def csrf(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms need their token, as they do in production."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def user() -> User:
    """An ordinary person."""
    return create_user("user@example.com", PASSWORD, name="Ada")


@pytest.fixture
def staff() -> User:
    """A member of staff."""
    return create_user("staff@example.com", PASSWORD, is_staff=True)


def signed_in(app: Flask, user: User) -> FlaskClient:
    client = app.test_client()
    response = client.post("/accounts/login/", data={"email": user.email, "password": PASSWORD})
    assert response.status_code == 302, response.text
    return client


@pytest.fixture
def user_client(app: Flask, user: User) -> FlaskClient:
    """The ordinary person's browser."""
    return signed_in(app, user)


@pytest.fixture
def staff_client(app: Flask, staff: User) -> FlaskClient:
    """The browser of the member of staff."""
    return signed_in(app, staff)


@pytest.fixture
def queries() -> Callable[[], AbstractContextManager[list[str]]]:
    """`with queries() as ran: ...; assert len(ran) == 2`."""
    return partial(collect_queries, db.engine)

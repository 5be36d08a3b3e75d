"""Development without a server."""

from flask import current_app

from app import postgres
from app.extensions import db
from tests.postgres import OWN, SERVER


def test_tests_run_where_the_settings_say():
    expected = ("postgresql", OWN) if SERVER else ("sqlite", None)
    assert (db.engine.dialect.name, db.engine.url.database) == expected


def test_sqlite_is_said_in_one_line(app, monkeypatch, caplog):
    monkeypatch.setattr(app, "debug", True)
    monkeypatch.setitem(app.config, "DATABASE_URL", "")
    postgres.init_app(current_app)
    assert "`make db`" in caplog.text

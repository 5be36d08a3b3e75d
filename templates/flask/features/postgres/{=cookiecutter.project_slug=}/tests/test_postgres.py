"""Development without a server."""

from flask import current_app

from app import postgres


def test_sqlite_is_said_in_one_line(app, monkeypatch, caplog):
    monkeypatch.setattr(app, "debug", True)
    monkeypatch.setitem(app.config, "DATABASE_URL", "")
    postgres.init_app(current_app)
    assert "`make db`" in caplog.text

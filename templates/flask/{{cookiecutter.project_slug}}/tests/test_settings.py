"""Settings: production refuses to start with a gap, and says what is missing."""

import logging
import os
import runpy
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Config, Flask

from app import settings

ROOT = Path(__file__).parents[1]
GIVE_UP = 3  # the number that gunicorn does not try again after
NEEDED = {
    "SECRET_KEY": "x",
    "DATABASE_URL": "sqlite://",
    # % for item in cookiecutter._slots.required
    "{{ item.key }}": {{ item.value | tojson }},
    # % endfor
}


@pytest.fixture(autouse=True)
def unread(monkeypatch) -> None:
    """Forget the settings that have been read."""
    for name in [*sys.modules]:
        if name.startswith("app.settings.") and name != "app.settings.environment":
            monkeypatch.delitem(sys.modules, name)


@pytest.fixture
def refusal(capsys):
    """What the web server is told instead of an application: one line, no traceback."""

    def refuse(environment: dict[str, str]) -> str:
        with patch.dict(os.environ, environment, clear=True), pytest.raises(SystemExit) as caught:
            runpy.run_path(str(ROOT / "wsgi.py"))
        assert caught.value.code == GIVE_UP
        (line,) = capsys.readouterr().err.splitlines()
        return line

    return refuse


def load(**environment: str) -> Config:
    """The settings that these variables lead to."""
    app = Flask("settings")
    with patch.dict(os.environ, environment, clear=True):
        settings.load(app, {})
    return app.config


@pytest.mark.parametrize("name", NEEDED)
def test_production_names_what_is_missing(name, refusal) -> None:
    given = {other: value for other, value in NEEDED.items() if other != name}
    assert refusal(given).startswith(f'error: Environment variable "{name}" not set')


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRUSTED_PROXIES", "many"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "generate-me"),
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "postgres://db/app"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named(name, value, refusal) -> None:
    assert refusal({**NEEDED, name: value}).startswith(f'error: Environment variable "{name}"')


def test_hosts_and_levels_are_read_as_people_write_them() -> None:
    settings = load(**NEEDED, ALLOWED_HOSTS="shop.example, WWW.shop.example", LOG_LEVEL="debug")
    assert settings["ALLOWED_HOSTS"] == ["shop.example", "www.shop.example"]
    assert settings["LOG_LEVEL"] == logging.DEBUG


@pytest.mark.parametrize(
    ("environment", "form"), [({"FLASK_DEBUG": "1"}, "console"), (NEEDED, "json")]
)
def test_logs_are_lines_for_people_or_json_for_programs(environment, form) -> None:
    assert load(**environment)["LOG_FORMAT"] == form


@pytest.mark.parametrize(
    ("query", "arguments"), [("", {"connect_timeout": 5}), ("?connect_timeout=9", {})]
)
def test_a_database_server_that_does_not_answer_is_given_up(query, arguments) -> None:
    given = {**NEEDED, "DATABASE_URL": f"postgresql://db/app{query}"}
    assert load(**given)["SQLALCHEMY_ENGINES"]["default"]["connect_args"] == arguments


def test_development_needs_no_settings() -> None:
    assert load(FLASK_DEBUG="1")["DATABASE_URL"].startswith("sqlite:")


def test_production_starts() -> None:
    with patch.dict(os.environ, {**NEEDED, "LOG_LEVEL": "WARNING"}, clear=True):
        app = runpy.run_path(str(ROOT / "wsgi.py"))["app"]
    assert not app.debug
    assert app.config["SESSION_COOKIE_SECURE"]
    assert app.test_client().get("/health").status_code == 200

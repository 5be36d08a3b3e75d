"""What every project of this layout promises."""

import sys
from collections.abc import Mapping
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import environ
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core import checks
from django.core.management import CommandError, call_command
from django.db.migrations.loader import MigrationLoader
from django.test import Client, override_settings

from core.discovery import project_apps

ROOT = Path(__file__).resolve().parent.parent
NEEDED = {
    "SECRET_KEY": "abcdefghij" * 6,
    "ALLOWED_HOSTS": "a.example",
    "DATABASE_URL": "sqlite://",
    # % for row in cookiecutter._slots.required
    "{{ row.key }}": {{ row.value | tojson }},
    # % endfor
}
FIXED = {"DATABASES", "INSTALLED_APPS"}  # what a running process cannot change


def test_migrations_do_not_conflict() -> None:
    """Two branches each added one: `make merge-migrations` unites them."""
    assert not MigrationLoader(None).detect_conflicts()


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


@pytest.mark.django_db
def test_every_folder_with_an_apps_module_is_an_app() -> None:
    folders = {path.parent.name for path in ROOT.glob("apps/*/apps.py")}
    names = {app.name for app in project_apps()} - {"tests.specimens"}
    assert folders == {name.removeprefix("apps.") for name in names}
    assert not checks.run_checks()


@pytest.mark.django_db
def test_deployment_checks_pass_under_production_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """`make check` asks the same of a process of its own."""
    values = production(monkeypatch, NEEDED)
    changed = {
        name: value
        for name, value in values.items()
        if name not in FIXED and value != getattr(settings, name)
    }
    assert {"SECRET_KEY", "SECURE_SSL_REDIRECT"} <= set(changed)
    with override_settings(**changed):
        assert not checks.run_checks(include_deployment_checks=True)


@pytest.mark.parametrize("missing", NEEDED)
def test_production_does_not_start_without(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {name: value for name, value in NEEDED.items() if name != missing}
    assert refused(monkeypatch, given, capsys) == missing


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "generate-me"),
        ("ALLOWED_HOSTS", ""),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "nonsense"),
        ("LOG_LEVEL", "nonsense"),
        ("CONN_MAX_AGE", "long"),
    ],
)
def test_production_does_not_start_with(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(monkeypatch, NEEDED | {name: value}, capsys) == name


def test_what_people_write_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"ALLOWED_HOSTS": "a.example, B.example", "LOG_LEVEL": "debug"}
    values = production(monkeypatch, NEEDED | given | {"DATABASE_URL": "postgres://db/app"})
    assert values["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert values["LOGGING"]["root"]["level"] == "DEBUG"
    with override_settings(ALLOWED_HOSTS=values["ALLOWED_HOSTS"]):
        for host in ("a.example", "b.example", "B.EXAMPLE"):
            assert Client().get("/accounts/nothing/", headers={"host": host}).status_code == 404


def test_tests_see_nothing_of_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SITE_NAME", "SECRET_KEY", "LOGIN_FAILURES", "LOG_LEVEL"):
        monkeypatch.setenv(name, "")
    forget_settings(monkeypatch)
    assert vars(import_module("config.settings.test"))["LOGIN_FAILURES"] == settings.LOGIN_FAILURES


def test_a_database_server_that_does_not_answer_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for query, seconds in (("", 5), ("?connect_timeout=9", 9)):
        url = f"postgresql://db/app{query}"
        databases = production(monkeypatch, NEEDED | {"DATABASE_URL": url})["DATABASES"]
        assert int(databases["default"]["OPTIONS"]["connect_timeout"]) == seconds


def test_passwords_are_hashed_with_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    hashers = production(monkeypatch, NEEDED)["PASSWORD_HASHERS"]
    with override_settings(PASSWORD_HASHERS=hashers):
        assert make_password("correct-horse").startswith("argon2$argon2id$")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/health", "/ready", "/accounts/login/"])
def test_answers(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_seed_can_be_repeated(db: None) -> None:
    first, second = StringIO(), StringIO()
    call_command("seed", force=True, stdout=first)
    call_command("seed", force=True, stdout=second)
    assert "demo@example.com" in first.getvalue()
    rows = [line for line in second.getvalue().splitlines() if line.endswith(" rows")]
    assert all(line.endswith(": 0 rows") for line in rows)


@pytest.mark.django_db
def test_seed_is_for_development() -> None:
    with pytest.raises(CommandError, match="outside debug it needs --force"):
        call_command("seed")
    assert not get_user_model().objects.exists()
    with override_settings(DEBUG=True):
        call_command("seed", stdout=StringIO())
    assert get_user_model().objects.exists()


def refused(
    monkeypatch: pytest.MonkeyPatch, given: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> str:
    """The variable over which production does not start, in one line."""
    with pytest.raises(SystemExit) as stopped:
        production(monkeypatch, given)
    assert stopped.value.code == 3  # gunicorn would try again without end
    (line,) = capsys.readouterr().err.splitlines()
    return line.removeprefix("error: ").partition(" ")[0]


def forget_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next import of the settings read them again."""
    for name in [name for name in sys.modules if name.startswith("config.settings")]:
        monkeypatch.delitem(sys.modules, name)


def production(monkeypatch: pytest.MonkeyPatch, given: Mapping[str, str]) -> dict[str, Any]:
    """The settings that a process with these variables and without `.env` would have."""
    forget_settings(monkeypatch)
    monkeypatch.setattr(environ.Env, "read_env", lambda *args, **options: None)
    monkeypatch.setattr(environ.Env, "ENVIRON", dict(given))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.production")
    module = import_module("config.settings.production")
    return {name: value for name, value in vars(module).items() if name.isupper()}

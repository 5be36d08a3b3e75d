"""What every project of this layout promises."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core import checks
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from core.discovery import project_apps

ROOT = Path(__file__).resolve().parent.parent
NEEDED = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "a.example",
    "DATABASE_URL": "sqlite://",
    # % for row in cookiecutter._slots.required
    "{{ row.key }}": {{ row.value | tojson }},
    # % endfor
}


def test_migrations_do_not_conflict() -> None:
    """Two branches each added one: `make merge-migrations` unites them."""
    assert not MigrationLoader(None).detect_conflicts()


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


@pytest.mark.django_db
def test_every_folder_with_an_apps_module_is_an_app() -> None:
    folders = {path.parent.name for path in ROOT.glob("apps/*/apps.py")}
    assert folders == {app.name.removeprefix("apps.") for app in project_apps()}
    assert not checks.run_checks()


def test_deployment_checks_pass_under_production_settings() -> None:
    done = run(sys.executable, "scripts/check_deploy.py")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", NEEDED)
def test_production_does_not_start_without(missing: str, tmp_path: Path) -> None:
    given = {name: value for name, value in NEEDED.items() if name != missing}
    code = (
        "import environ; environ.Env.read_env = lambda *a, **k: None; "
        "import config.settings.production"
    )
    done = run(
        sys.executable, "-c", code, **given, DJANGO_SETTINGS_MODULE="config.settings.production"
    )
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].endswith(f"Set the {missing} environment variable")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/health", "/ready", "/accounts/login/"])
def test_answers(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_seed_can_be_repeated(db: None) -> None:
    first, second = StringIO(), StringIO()
    call_command("seed", stdout=first)
    call_command("seed", stdout=second)
    assert "demo@example.com" in first.getvalue()
    rows = [line for line in second.getvalue().splitlines() if line.endswith(" rows")]
    assert all(line.endswith(": 0 rows") for line in rows)


def run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    env = {name: text for name, text in os.environ.items() if not name.startswith("DJANGO_")}
    for name in NEEDED:
        env.pop(name, None)
    return subprocess.run(
        command, cwd=ROOT, env={**env, **variables}, capture_output=True, text=True, check=False
    )

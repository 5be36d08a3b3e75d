import os
import subprocess
import sys

import pytest

GOOD = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-abcdef",
    "ALLOWED_HOSTS": "example.com",
    "DATABASE_URL": "sqlite://:memory:",
# % for item in cookiecutter._slots.required
    "{= item.key =}": "{= item.value =}",
# % endfor
}


def manage(**variables):
    environment = {**os.environ, **GOOD, **variables}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.production"
    command = [sys.executable, "manage.py", "shell", "-c", "print('started')"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


def test_production_starts():
    assert "started" in manage().stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "only-for-development"),
        ("SECRET_KEY", "x" * 60),
        ("ALLOWED_HOSTS", ""),
        ("DATABASE_URL", ""),
# % for item in cookiecutter._slots.required
        ("{= item.key =}", ""),
# % endfor
    ],
)
def test_production_names_what_is_missing(name, value):
    process = manage(**{name: value})
    assert process.returncode == 1
    assert "started" not in process.stdout
    [line] = process.stderr.splitlines()
    assert name in line

"""Runs Django's deployment checks under production settings, with values made up for the run."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "ALLOWED_HOSTS": "example.com",
    "DATABASE_URL": "sqlite://:memory:",
    # % for row in cookiecutter._slots.required
    "{{ row.key }}": {{ row.value | tojson }},
    # % endfor
}


def main() -> int:
    """Check; a warning fails too."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **NEEDED}, check=False).returncode  # noqa: S603 - our own command


if __name__ == "__main__":
    sys.exit(main())

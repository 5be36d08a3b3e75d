"""Settings: production refuses to start with a gap, and says what is missing."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEEDED = {
    "SECRET_KEY": "x",
    "DATABASE_URL": "sqlite://",
    # % for item in cookiecutter._slots.required
    "{{ item.key }}": {{ item.value | tojson }},
    # % endfor
}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={**kept, "ENV_FILE": os.devnull, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_names_what_is_missing() -> None:
    done = start()
    assert done.returncode == 1
    assert "SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr
    for name in NEEDED:
        done = start(**{other: NEEDED[other] for other in NEEDED if other != name})
        assert done.stderr.startswith(f'error: Environment variable "{name}" not set')


def test_a_setting_of_the_wrong_kind_is_named() -> None:
    done = start(**NEEDED, TRUSTED_PROXIES="many")
    assert "TRUSTED_PROXIES" in done.stderr
    assert "Traceback" not in done.stderr


def test_production_and_development_start() -> None:
    assert start(**NEEDED).returncode == 0
    assert start(FLASK_DEBUG="1").returncode == 0

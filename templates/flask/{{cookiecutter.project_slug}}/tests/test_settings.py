"""Settings: production refuses to start with a gap, and says what is missing."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


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
    assert "DATABASE_URL" in start(SECRET_KEY="x").stderr


def test_a_setting_of_the_wrong_kind_is_named() -> None:
    done = start(SECRET_KEY="x", DATABASE_URL="sqlite://", TRUSTED_PROXIES="many")
    assert "TRUSTED_PROXIES" in done.stderr
    assert "Traceback" not in done.stderr


def test_production_and_development_start() -> None:
    assert start(SECRET_KEY="x", DATABASE_URL="sqlite://").returncode == 0
    assert start(FLASK_DEBUG="1").returncode == 0

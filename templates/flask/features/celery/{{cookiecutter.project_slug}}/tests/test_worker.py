"""A worker needs a broker; a real one takes jobs from a real Redis.

That runs where `TEST_REDIS_URL` names a Redis that may be emptied:
`TEST_REDIS_URL=redis://localhost:6379/9 make test`.
"""

import os
import runpy
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.receiver import Receiver, receiver

ROOT = Path(__file__).resolve().parent.parent
REDIS = os.environ.get("TEST_REDIS_URL", "")
TASK = "app.blueprints.accounts.tasks.announce_account"
EMAIL = "ana@example.com"


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """Settings of a project with a broker and a database that processes share."""
    return {
        **os.environ,
        "ENV_FILE": os.devnull,
        "FLASK_DEBUG": "1",
        "CELERY_BROKER_URL": REDIS,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'data.sqlite3'}",
    }


def flask(settings: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "-m", "flask", *words], cwd=ROOT, env=settings, check=True)


def wait(known: Receiver, attempts: int) -> None:
    deadline = time.monotonic() + 60
    while len(known.keys) < attempts:
        assert time.monotonic() < deadline, f"{len(known.keys)} attempts"
        time.sleep(0.1)


def test_without_a_broker_there_is_nothing_to_wait_for(app, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "wsgi", SimpleNamespace(app=app))
    monkeypatch.setitem(app.config, "CELERY_BROKER_URL", "")
    with pytest.raises(SystemExit, match="CELERY_BROKER_URL is empty"):
        runpy.run_path(str(ROOT / "worker.py"))


@pytest.mark.skipif(not REDIS, reason="TEST_REDIS_URL names no Redis to test with")
def test_a_worker_tries_again_until_it_is_heard(settings) -> None:
    import redis
    from celery import Celery

    with redis.Redis.from_url(REDIS) as connection, receiver([503, 503, 204]) as known:
        connection.flushdb()
        settings["ACCOUNT_WEBHOOK"] = known.address
        flask(settings, "db", "upgrade")
        flask(settings, "accounts", "create-user", EMAIL, "--password", "correct-horse")
        command = [sys.executable, "-m", "celery", "--app", "worker", "worker", "--concurrency=1"]
        with (
            Celery(broker=REDIS, set_as_current=False) as client,
            subprocess.Popen(command, cwd=ROOT, env=settings) as worker,
        ):
            try:
                client.send_task(TASK, [1], ignore_result=True)
                wait(known, 3)
                client.send_task(TASK, [1], ignore_result=True)  # as if the first were lost
                wait(known, 4)
            finally:
                worker.terminate()
                assert worker.wait(60) == 0
        assert known.keys == ["account-1"] * 4
        assert known.bodies == [{"id": 1, "email": EMAIL}] * 4
        assert not connection.llen("celery"), "jobs that nobody did"
        assert not connection.exists("unacked"), "jobs that were not acknowledged"

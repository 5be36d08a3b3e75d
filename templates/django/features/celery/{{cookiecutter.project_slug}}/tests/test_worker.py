"""A real worker takes jobs from a real Redis.

Runs where `TEST_REDIS_URL` names a Redis that may be emptied:
`TEST_REDIS_URL=redis://localhost:6379/9 make test`.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis
from celery import Celery

from tests.receiver import Receiver, receiver

ROOT = Path(__file__).resolve().parent.parent
REDIS = os.environ.get("TEST_REDIS_URL", "")
TASK = "apps.accounts.tasks.announce_account"
EMAIL = "ada@example.com"
pytestmark = pytest.mark.skipif(not REDIS, reason="TEST_REDIS_URL names no Redis to test with")


@pytest.fixture
def variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a project with a broker and a database that processes share."""
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)  # Celery prefers it to `broker=`
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "CELERY_BROKER_URL": REDIS,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'data.sqlite3'}",
    }


def manage(variables: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=variables, check=True)


def wait(known: Receiver, attempts: int) -> None:
    deadline = time.monotonic() + 60
    while len(known.keys) < attempts:
        assert time.monotonic() < deadline, f"{len(known.keys)} attempts"
        time.sleep(0.1)


def test_a_worker_tries_again_until_it_is_heard(variables: dict[str, str]) -> None:
    with redis.Redis.from_url(REDIS) as connection, receiver([503, 503, 204]) as known:
        connection.flushdb()
        variables["ACCOUNT_WEBHOOK"] = known.address
        manage(variables, "migrate")
        manage(variables, "create_user", EMAIL, "--password", "correct-horse-battery")
        command = [sys.executable, "-m", "celery", "--app", "worker", "worker", "--concurrency=1"]
        with (
            Celery(broker=REDIS, set_as_current=False) as client,
            subprocess.Popen(command, cwd=ROOT, env=variables) as worker,
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

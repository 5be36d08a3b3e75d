import os
import subprocess
import sys
import time
import uuid
from functools import partial

import pytest
from celery import Celery, current_app, shared_task
from celery.signals import celeryd_init
from django.db import transaction
from redis import Redis

BROKER = os.environ.get("CELERY_BROKER_URL")
done = []


@shared_task
def note(word):
    done.append(word)


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def test_tasks_belong_to_the_project():
    assert current_app.main == "{= cookiecutter.project_slug =}"
    assert note.app.conf.task_ignore_result


@pytest.mark.django_db(transaction=True)
def test_a_job_starts_after_the_commit():
    with transaction.atomic():
        transaction.on_commit(partial(note.delay, "hello"))
        assert done == []
    assert done == ["hello"]


@pytest.mark.django_db(transaction=True)
def test_a_job_never_starts_after_a_rollback():
    with transaction.atomic():
        transaction.on_commit(partial(note.delay, "hello"))
        transaction.set_rollback(True)
    assert done == []


def test_a_worker_without_a_broker_does_not_start(monkeypatch):
    monkeypatch.setitem(current_app.conf, "task_always_eager", True)
    with pytest.raises(SystemExit, match="CELERY_BROKER_URL"):
        celeryd_init.send(sender="worker")


@pytest.mark.skipif(not BROKER, reason="CELERY_BROKER_URL names no broker")
def test_a_worker_takes_jobs():
    """In a queue of its own, so that no job of yours is touched."""
    queue = f"test-{uuid.uuid4().hex}"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.development"}
    command = [sys.executable, "-m", "celery", "--app", "config", "worker", "--pool", "solo"]
    command += ["--queues", queue, "--without-gossip", "--without-mingle", "--hostname", queue]
    with (
        Celery(broker=BROKER, set_as_current=False) as client,
        Redis.from_url(BROKER) as redis,
        subprocess.Popen(command, env=environment) as worker,  # noqa: S603
    ):
        try:
            client.send_task("celery.accumulate", [[]], queue=queue, ignore_result=True)
            time.sleep(1)
            deadline = time.monotonic() + 120
            while redis.llen(queue) and time.monotonic() < deadline:
                time.sleep(0.2)
            assert not redis.llen(queue)
        finally:
            worker.terminate()
            assert worker.wait(60) == 0

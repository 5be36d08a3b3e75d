"""The Celery application. Its settings are those of Django that begin with `CELERY_`."""

import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("{= cookiecutter.project_slug =}")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()  # in every thread


@celeryd_init.connect
def require_broker(**options: Any) -> None:
    if app.conf.task_always_eager:
        raise SystemExit("Set CELERY_BROKER_URL, such as redis://localhost:6379/0: no job waits.")

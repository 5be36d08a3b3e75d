"""Celery, with every job inside the application's context."""

from typing import Any

from celery import Celery, Task
from flask import Flask, g

from app.discovery import modules


def init_app(app: Flask) -> None:
    """Make the Celery application, and find the jobs and the schedules of all blueprints."""

    class ContextTask(Task[Any, Any]):
        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            with app.app_context():
                g.request_id = self.request.id  # for log lines
                return self.run(*args, **kwargs)

    celery = Celery(app.name, task_cls=ContextTask)
    celery.config_from_object(app.config["CELERY"])
    celery.conf.beat_schedule = {
        name: entry
        for module in modules("tasks").values()
        for name, entry in getattr(module, "SCHEDULE", {}).items()
    }
    celery.set_default()  # in every thread
    app.extensions["celery"] = celery

"""Background jobs: Celery inside the application, and tasks that start after the commit."""

from typing import Any

from celery import Celery, Task
from flask import Flask, current_app
from kombu.exceptions import OperationalError
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from app.extensions import db

BLUEPRINTS = [  # where `tasks.py` is looked for
    "app.blueprints.accounts",
    # % for app in cookiecutter._apps
    "app.blueprints.{= app.name =}",
    # % endfor
]


def start_after_commit(task: "Task[..., Any]", *arguments: Any) -> None:
    """Start a task once the transaction is committed; never, if it is rolled back."""
    db.session.info.setdefault("tasks", []).append((task, arguments))


@event.listens_for(Session, "after_commit")
def start_tasks(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for task, arguments in session.info.pop("tasks", []):
        try:
            task.delay(*arguments)
        except OperationalError:
            current_app.logger.exception("The job %s%s could not be queued", task.name, arguments)


@event.listens_for(Session, "after_soft_rollback")
def drop_tasks(session: Session, transaction: SessionTransaction) -> None:
    if not transaction.nested:
        session.info.pop("tasks", None)


def init_app(app: Flask) -> None:
    class FlaskTask(Task):  # type: ignore[type-arg]
        """Runs inside the application."""

        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            with (current_app or app).app_context():
                return self.run(*args, **kwargs)

    celery = Celery(app.name, task_cls=FlaskTask)
    celery.config_from_object(app.config["CELERY"])
    celery.conf.task_always_eager = app.testing or not app.config["CELERY_BROKER_URL"]
    celery.set_default()
    celery.autodiscover_tasks(BLUEPRINTS, force=True)
    app.extensions["celery"] = celery

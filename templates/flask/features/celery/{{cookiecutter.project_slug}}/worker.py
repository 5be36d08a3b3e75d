"""Entry point for `celery --app worker`: the worker and the clock of periodic jobs."""

from celery import Celery

from wsgi import app as flask_app

if not flask_app.config["CELERY_BROKER_URL"]:
    raise SystemExit(
        "CELERY_BROKER_URL is empty, so no job waits anywhere: "
        "name a Redis in .env, such as redis://localhost:6379/0"
    )
app: Celery = flask_app.extensions["celery"]

"""Where `celery --app worker` finds Celery with the application."""

from celery import Celery

from wsgi import app as flask_app

if not flask_app.config["CELERY_BROKER_URL"]:
    raise SystemExit("Set CELERY_BROKER_URL, such as redis://localhost:6379/0: no job waits yet.")
app: Celery = flask_app.extensions["celery"]

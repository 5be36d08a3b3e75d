"""Entry point for `celery --app worker`: the worker and the clock of periodic jobs."""

from celery import Celery

from wsgi import app as flask_app

app: Celery = flask_app.extensions["celery"]

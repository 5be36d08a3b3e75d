"""The Celery application; its settings are those of Django that begin with `CELERY_`."""

from celery import Celery

app = Celery("{{ cookiecutter.project_slug }}")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()  # in every thread

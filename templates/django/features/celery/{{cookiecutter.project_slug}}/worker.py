"""Entry point for `celery --app worker`: the worker and the clock of periodic jobs."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django.setup()

from core.jobs.celery import app  # noqa: E402 - needs the apps

__all__ = ["app"]

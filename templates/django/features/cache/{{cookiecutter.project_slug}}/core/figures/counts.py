"""How many rows there are of each kind: counted once, then known until a row comes or goes.

Counting reads whole tables, so the numbers are kept. A row that is added or deleted makes the
cache forget them, once that is committed; `FIGURES_SECONDS` is the end of what `bulk_create()`
adds without a signal, was counted in between, or is kept by another process for itself.
"""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model

from core.discovery import ProjectAppConfig, project_apps

KEY = "figures"


def figures() -> dict[str, int]:
    """The number of rows, by the name of their model."""
    known: dict[str, int] | None = cache.get(KEY)
    if known is None:
        known = count()
        cache.set(KEY, known, settings.FIGURES_SECONDS)
    return known


def count() -> dict[str, int]:
    """Count the rows of every model of the project."""
    return {
        f"{app.verbose_name} {model._meta.verbose_name}": model._base_manager.count()
        for app in project_apps()
        for model in app.get_models()
    }


def forget(sender: type[Model], **details: Any) -> None:
    """Forget the numbers when rows of a model of the project have come or gone."""
    ours = isinstance(sender._meta.app_config, ProjectAppConfig)
    if ours and details.get("created", True):
        transaction.on_commit(lambda: cache.delete(KEY))

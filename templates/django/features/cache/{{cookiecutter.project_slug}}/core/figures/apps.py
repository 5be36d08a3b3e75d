"""The figures on the first page as an app of Django."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class FiguresConfig(AppConfig):
    """Counts rows, and keeps the numbers in the cache."""

    name = "core.figures"

    def ready(self) -> None:
        """Learn of rows that come or go."""
        from core.figures.counts import forget

        post_save.connect(forget, dispatch_uid="figures")
        post_delete.connect(forget, dispatch_uid="figures")

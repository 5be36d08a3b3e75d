"""The core as an app of Django."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What all apps share."""

    name = "core"

    def ready(self) -> None:
        """Register the project's own checks."""
        from core import checks, migration_checks  # noqa: F401 - models can be imported now

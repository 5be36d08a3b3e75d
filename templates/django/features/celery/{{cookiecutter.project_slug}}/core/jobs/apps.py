"""Background jobs as an app of Django."""

from importlib import import_module

from django.apps import AppConfig

from core.discovery import has_module, project_apps


class JobsConfig(AppConfig):
    """Finds the jobs and the schedules of all apps."""

    name = "core.jobs"

    def ready(self) -> None:
        """Import every app's `tasks` module."""
        from core.jobs.celery import app

        found = [
            import_module(f"{config.name}.tasks")
            for config in project_apps()
            if has_module(config, "tasks")
        ]
        app.conf.beat_schedule = {
            name: entry
            for module in found
            for name, entry in getattr(module, "SCHEDULE", {}).items()
        }

"""The app of the specimens; only the settings of the tests know it."""

from core.discovery import ProjectAppConfig


class SpecimensConfig(ProjectAppConfig):
    """Specimens."""

    name = "tests.specimens"
    verbose_name = "Specimens"
    prefix = "specimens"

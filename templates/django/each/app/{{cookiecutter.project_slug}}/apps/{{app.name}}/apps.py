"""The app of {{ app.title | lower }}."""

from core.discovery import ProjectAppConfig


class {{ app.class_name }}Config(ProjectAppConfig):
    """{{ app.title }}."""

    name = "apps.{{ app.name }}"
    verbose_name = "{{ app.title }}"
    prefix = "{{ app.kebab }}"

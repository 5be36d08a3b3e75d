"""Reads of {{ app.title | lower }}: what pages, API and other apps show begins here."""

from django.db.models import QuerySet

from apps.{{ app.name }}.models import {{ app.resources | map(attribute="name") | join(", ") }}
# % for resource in app.resources


def {{ resource.plural }}() -> QuerySet[{{ resource.name }}]:
    """{{ resource.label_plural | capitalize }} that anybody may see."""
    return {{ resource.name }}.objects.all()
# % endfor

"""The JSON API of {{ app.title | lower }}."""

# % for resource in app.resources
from app.blueprints.{{ app.name }}.api import {{ resource.name }}Resource
# % endfor
from tests.api_cases import ResourceCases
# % for resource in app.resources


class Test{{ resource.name }}Resource(ResourceCases):
    """{{ resource.label_plural | capitalize }}."""

    resource = {{ resource.name }}Resource
# % endfor

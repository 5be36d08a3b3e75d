"""The pages of {{ app.title | lower }}."""

# % for resource in app.resources
from app.blueprints.{{ app.name }}.views import {{ resource.name }}Pages
# % endfor
from tests.pages_cases import PagesCases
# % for resource in app.resources


class Test{{ resource.name }}Pages(PagesCases):
    """{{ resource.label_plural | capitalize }}."""

    pages = {{ resource.name }}Pages
# % endfor

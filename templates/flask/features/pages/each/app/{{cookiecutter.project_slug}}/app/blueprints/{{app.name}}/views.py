"""The pages of {{ app.title | lower }}."""

from flask import Blueprint

# % for resource in app.resources
from app.blueprints.{{ app.name }}.models import {{ resource.name }}
# % endfor
from app.core.navigation import NavigationEntry
from app.core.pages import ResourcePages

blueprint = Blueprint(
    "{{ app.name }}", __name__, url_prefix="/{{ app.kebab }}", template_folder="templates"
)
NAVIGATION = (
    # % for resource in app.resources
    NavigationEntry("{{ resource.label_plural | capitalize }}", "{{ app.name }}.{{ resource.table }}_list"),
    # % endfor
)
# % for resource in app.resources


class {{ resource.name }}Pages(ResourcePages[{{ resource.name }}]):
    """{{ resource.label_plural | capitalize }}: anyone reads, {{ "the owner and staff write" if resource.owner else "staff write" }}."""

    model = {{ resource.name }}
    label = "{{ resource.label | capitalize }}"
    label_plural = "{{ resource.label_plural | capitalize }}"
    # % if resource.label_field
    name_field = "{{ resource.label_field.name }}"
    # % endif
# % endfor
{{ "\n" }}
# % for resource in app.resources
{{ resource.name }}Pages.mount(blueprint, "/{{ resource.kebab }}/")
# % endfor

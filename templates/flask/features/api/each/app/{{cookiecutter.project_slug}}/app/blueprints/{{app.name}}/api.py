"""The JSON API of {{ app.title | lower }}."""

# % for resource in app.resources
from app.blueprints.{{ app.name }}.models import {{ resource.name }}
# % endfor
from app.core.api import ApiBlueprint, Resource

blueprint = ApiBlueprint("{{ app.name }}", __name__)
# % for resource in app.resources


class {{ resource.name }}Resource(Resource[{{ resource.name }}]):
    """{{ resource.label_plural | capitalize }}: anyone reads, {{ "the owner and staff write" if resource.owner else "staff write" }}."""

    model = {{ resource.name }}
# % endfor
{{ "\n" }}
# % for resource in app.resources
{{ resource.name }}Resource.mount(blueprint, "/{{ resource.kebab }}/")
# % endfor

"""What lists of {{ app.title | lower }} can be filtered by."""

from apps.{{ app.name }}.models import {{ app.resources | map(attribute="name") | join(", ") }}
from core.api.filter_types import IntegerFilter
from core.api.filters import FilterSet
# % for resource in app.resources


class {{ resource.name }}Filter(FilterSet):
    """Filters of {{ resource.label_plural }}."""
{{ "" }}
# % for field in resource.refs
    {{ field.key }} = IntegerFilter("{{ field.name }}__id")
# % endfor
# % for field in resource.m2ms
    {{ field.key }} = IntegerFilter("{{ field.name }}__id")
# % endfor

    class Meta:
        model = {{ resource.name }}
        fields = {
            "id": ["exact"],
# % for field in resource.columns if field.lookups
            "{{ field.name }}": {{ field.lookups | map("replace", "contains", "icontains") | list | tojson }},
# % endfor
            "created_at": ["exact", "gte", "lte"],
            "updated_at": ["exact", "gte", "lte"],
        }
# % endfor

"""The API of {{ app.title | lower }}."""

from apps.{{ app.name }} import queries
from apps.{{ app.name }}.api.filters import {{ app.resources | map(attribute="name") | join("Filter, ") }}Filter
from apps.{{ app.name }}.api.serializers import {{ app.resources | map(attribute="name") | join("Serializer, ") }}Serializer
from apps.{{ app.name }}.models import {{ app.resources | map(attribute="name") | join(", ") }}
from core.api.views import ListView, RowView
# % for resource in app.resources


class {{ resource.name }}ListView(ListView[{{ resource.name }}]):
    """{{ resource.label_plural | capitalize }}."""

    queryset = queries.{{ resource.plural }}()
    serializer_class = {{ resource.name }}Serializer
    filterset_class = {{ resource.name }}Filter
    search_fields = ({%% for field in resource.columns if field.searched %%}"{{ field.name }}", {%% endfor %%})
    ordering_fields = ({%% for field in resource.columns if field.type not in ("json", "text") %%}"{{ field.name }}", {%% endfor %%})


class {{ resource.name }}RowView(RowView[{{ resource.name }}]):
    """One {{ resource.label }}."""

    queryset = queries.{{ resource.plural }}()
    serializer_class = {{ resource.name }}Serializer
# % endfor

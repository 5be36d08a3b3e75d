"""Pages of {{ app.title | lower }}."""

from apps.{{ app.name }} import queries
from apps.{{ app.name }}.forms import {{ app.resources | map(attribute="name") | join("Form, ") }}Form
from apps.{{ app.name }}.models import {{ app.resources | map(attribute="name") | join(", ") }}
from core.pages.views import CreatePage, DeletePage, DetailPage, EditPage, ListPage
# % for resource in app.resources


class {{ resource.name }}ListPage(ListPage[{{ resource.name }}]):
    """All {{ resource.label_plural }}."""

    model = {{ resource.name }}
    queryset = queries.{{ resource.plural }}()
# % if resource.label_field
    named_by = "{{ resource.label_field.name }}"
# % endif
    columns = ({%% for field in resource.fields if field is not sameas(resource.label_field) and field.type not in ("text", "json", "m2m") %%}"{{ field.name }}", {%% endfor %%})
    search_fields = ({%% for field in resource.columns if field.searched %%}"{{ field.name }}", {%% endfor %%})


class {{ resource.name }}DetailPage(DetailPage[{{ resource.name }}]):
    """One {{ resource.label }}."""

    model = {{ resource.name }}
    queryset = queries.{{ resource.plural }}()
    details = ({%% for field in resource.fields %%}"{{ field.name }}", {%% endfor %%}"created_at", "updated_at")


class {{ resource.name }}CreatePage(CreatePage[{{ resource.name }}]):
    """Add to the {{ resource.label_plural }}."""

    model = {{ resource.name }}
    form_class = {{ resource.name }}Form


class {{ resource.name }}EditPage(EditPage[{{ resource.name }}]):
    """Change one {{ resource.label }}."""

    model = {{ resource.name }}
    queryset = queries.{{ resource.plural }}()
    form_class = {{ resource.name }}Form


class {{ resource.name }}DeletePage(DeletePage[{{ resource.name }}]):
    """Delete one {{ resource.label }}."""

    model = {{ resource.name }}
    queryset = queries.{{ resource.plural }}()
# % endfor

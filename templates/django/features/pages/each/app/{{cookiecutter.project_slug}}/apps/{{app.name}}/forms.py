"""Forms of {{ app.title | lower }}."""

from apps.{{ app.name }}.models import {{ app.resources | map(attribute="name") | join(", ") }}
from core.pages.forms import ModelForm
# % for resource in app.resources


class {{ resource.name }}Form(ModelForm[{{ resource.name }}]):
    """A form for {{ resource.label_plural }}."""

    class Meta(ModelForm.Meta):
        model = {{ resource.name }}
        fields = ({%% for field in resource.inputs %%}"{{ field.name }}", {%% endfor %%})
# % endfor

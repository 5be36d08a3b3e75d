"""{{ app.title }} as JSON."""

from rest_framework.serializers import PrimaryKeyRelatedField
from rest_framework.validators import UniqueValidator

from apps.accounts.models import User
# % for name in app.depends
from apps.{{ name }} import queries as {{ name }}_queries
# % endfor
from apps.{{ app.name }} import queries
from apps.{{ app.name }}.models import {{ app.resources | map(attribute="name") | join(", ") }}
from core.api.fields import Reference
from core.api.serializers import ModelSerializer
# % for resource in app.resources


class {{ resource.name }}Serializer(ModelSerializer[{{ resource.name }}]):
    """{{ resource.label | capitalize }}."""
{{ "" }}
# % for field in resource.refs + resource.m2ms
# % set rows = "User.objects.all()" if field.target.app == "accounts" else ("queries" if field.target.app == app.name else field.target.app ~ "_queries") ~ "." ~ field.target.plural ~ "()"
# % if field.type == "m2m"
    {{ field.name }} = Reference(many=True, read_only=True)
    {{ field.key }} = PrimaryKeyRelatedField(source="{{ field.name }}", queryset={{ rows }}, many=True, write_only=True, {{ "allow_empty=False" if field.required else "required=False" }})
# % else
    {{ field.name }} = Reference(read_only=True{{ ", allow_null=True" if field.null }})
# % if not field.owner
    {{ field.key }} = PrimaryKeyRelatedField(
        source="{{ field.name }}",
        queryset={{ rows }},
        write_only=True,
# % if field.null
        required=False,
        allow_null=True,
# % endif
# % if field.unique
        validators=[UniqueValidator({{ resource.name }}.objects.plain())],
# % endif
    )
# % endif
# % endif
# % endfor

    class Meta:
        model = {{ resource.name }}
        fields = (
            "id",
# % for field in resource.fields
            "{{ field.name }}",
# % if field.type in ("ref", "m2m") and not field.owner
            "{{ field.key }}",
# % endif
# % endfor
            "created_at",
            "updated_at",
        )
# % endfor

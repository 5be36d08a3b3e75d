"""Tables of {{ app.title | lower }}."""

from django.conf import settings
from django.db import models

from core.fields import AutoSlugField, HttpURLField
from core.models import BaseModel
# % for resource in app.resources


class {{ resource.name }}(BaseModel):
    """{{ resource.label | capitalize }}."""
# % for field in resource.columns if field.type == "enum"

    class {{ field.name.split("_") | map("capitalize") | join }}(models.TextChoices):
# % for choice in field.choices
        {{ choice.replace("-", "_") | upper }} = "{{ choice }}", "{{ choice.replace("-", " ").replace("_", " ") | capitalize }}"
# % endfor
# % endfor
# % if resource.refs

    joins = ({{ resource.refs | map(attribute="name") | map("tojson") | join(", ") }}{{ "," if resource.refs | length == 1 }})
# % endif
# % if resource.m2ms
    prefetches = ({{ resource.m2ms | map(attribute="name") | map("tojson") | join(", ") }}{{ "," if resource.m2ms | length == 1 }})
# % endif
# % if resource.owner
    owner_field = "{{ resource.owner.name }}"
# % endif
{{ "" }}
# % for field in resource.fields
# % if field.type in ("ref", "m2m")
# % set target = "settings.AUTH_USER_MODEL" if field.target.app == "accounts" else '"' ~ field.target.app ~ "." ~ field.target.name ~ '"'
    {{ field.name }} = models.{{ field.model }}({{ target }}, {{ field.options | join(", ") }})
# % elif field.type == "enum"
    {{ field.name }} = models.{{ field.model }}(choices={{ field.name.split("_") | map("capitalize") | join }}, {{ field.options | join(", ") }})
# % elif field.type == "slug" and resource.slug_source and not field.required
    {{ field.name }} = AutoSlugField(source="{{ resource.slug_source.name }}", {{ field.options | reject("equalto", "blank=True") | join(", ") }})
# % elif field.type == "url"
    {{ field.name }} = {{ field.model }}({{ field.options | join(", ") }})
# % else
    {{ field.name }} = models.{{ field.model }}({{ field.options | join(", ") }})
# % endif
# % endfor

    class Meta:
        ordering = ["id"]
        verbose_name = "{{ resource.label }}"
        verbose_name_plural = "{{ resource.label_plural }}"
# % if resource.columns | selectattr("type", "equalto", "enum") | list
        constraints = [
# % for field in resource.columns if field.type == "enum"
            models.CheckConstraint(
                condition=models.Q({{ field.name }}__in={{ field.choices | list | tojson }}),
                name="ck_{{ resource.table }}_{{ field.name }}_valid",
            ),
# % endfor
        ]
# % endif

    def __str__(self) -> str:
# % if not resource.label_field
        return f"{{ resource.label | capitalize }} {self.pk}"
# % elif resource.label_field.required
        return self.{{ resource.label_field.name }}
# % else
        return self.{{ resource.label_field.name }} or f"{{ resource.label | capitalize }} {self.pk}"
# % endif
# % endfor

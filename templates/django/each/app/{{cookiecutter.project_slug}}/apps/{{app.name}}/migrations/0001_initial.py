# % set users = namespace(used=false)
# % for resource in app.resources
# % for field in resource.refs + resource.m2ms if field.target.app == "accounts"
# % set users.used = true
# % endfor
# % endfor
# % set own = namespace(used=false)
# % for resource in app.resources
# % for field in resource.columns if field.type == "url" or (field.type == "slug" and resource.slug_source and not field.required)
# % set own.used = true
# % endfor
# % endfor
# % set order = app.resources | map(attribute="name") | list
# % if users.used
from django.conf import settings
# % endif
from django.db import migrations, models
# % if own.used
{{ "" }}
import core.fields
# % endif
{{ "" }}
{{ "" }}
class Migration(migrations.Migration):

    initial = True

    dependencies = [
# % if users.used
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
# % endif
# % for name in app.depends
        ("{{ name }}", "0001_initial"),
# % endfor
    ]

    operations = [
# % for resource in app.resources
        migrations.CreateModel(
            name="{{ resource.name }}",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
# % for field in resource.fields
# % if field.type in ("ref", "m2m")
# % if field.target.app != app.name or order.index(field.target.name) <= order.index(resource.name)
# % set target = "settings.AUTH_USER_MODEL" if field.target.app == "accounts" else '"' ~ field.target.app ~ "." ~ field.target.name | lower ~ '"'
                ("{{ field.name }}", models.{{ field.model }}({{ field.options | join(", ") }}, to={{ target }})),
# % endif
# % elif field.type == "enum"
                ("{{ field.name }}", models.{{ field.model }}(choices=[{%% for choice in field.choices %%}("{{ choice }}", "{{ choice.replace("-", " ").replace("_", " ") | capitalize }}"){{ ", " if not loop.last }}{%% endfor %%}], {{ field.options | join(", ") }})),
# % elif field.type == "slug" and resource.slug_source and not field.required
                ("{{ field.name }}", core.fields.AutoSlugField(source="{{ resource.slug_source.name }}", blank=True, {{ field.options | reject("equalto", "blank=True") | join(", ") }})),
# % elif field.type == "url"
                ("{{ field.name }}", core.fields.{{ field.model }}({{ field.options | join(", ") }})),
# % else
                ("{{ field.name }}", models.{{ field.model }}({{ field.options | join(", ") }})),
# % endif
# % endfor
            ],
            options={
                "verbose_name": "{{ resource.label }}",
                "verbose_name_plural": "{{ resource.label_plural }}",
                "ordering": ["id"],
# % if resource.columns | selectattr("type", "equalto", "enum") | list
                "constraints": [
# % for field in resource.columns if field.type == "enum"
                    models.CheckConstraint(condition=models.Q(("{{ field.name }}__in", {{ field.choices | list | tojson }})), name="ck_{{ resource.table }}_{{ field.name }}_valid"),
# % endfor
                ],
# % endif
            },
        ),
# % endfor
# % for resource in app.resources
# % for field in resource.refs + resource.m2ms
# % if field.target.app == app.name and order.index(field.target.name) > order.index(resource.name)
        migrations.AddField(
            model_name="{{ resource.name | lower }}",
            name="{{ field.name }}",
            field=models.{{ field.model }}({{ field.options | join(", ") }}, to="{{ field.target.app }}.{{ field.target.name | lower }}"),
        ),
# % endif
# % endfor
# % endfor
    ]

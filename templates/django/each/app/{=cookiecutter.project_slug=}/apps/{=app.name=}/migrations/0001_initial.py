{%% import "order.txt" as order %%}
{%% set ordered = [] %%}
{%% set _ = order.by_all_refs(app.resources, ordered) %%}
import uuid
from decimal import Decimal


from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models
from django.utils import timezone



{%% macro column(resource, field) %%}
{%% set to = "settings.AUTH_USER_MODEL" if field.target and field.target.app == "accounts" else ('"' ~ field.target.app ~ "." ~ field.target.name | lower ~ '"' if field.target else "") %%}
{%% set options = ([] if not to else ["to=" ~ to]) %%}
{%% for option in field.options %%}
{%% if option.startswith("choices=") %%}
{%% set _ = options.append("choices=[" ~ choices(field) ~ "]") %%}
{%% elif option.startswith("default=" ~ field.class_name ~ ".") %%}
{%% set _ = options.append('default="' ~ field.choices[0] ~ '"') %%}
{%% else %%}
{%% set _ = options.append(option) %%}
{%% endif %%}
{%% endfor %%}
{%% if field.validators is defined %%}
{%% set _ = options.append("validators=[" ~ field.validators | join(", ") ~ "]") %%}
{%% endif %%}
{%% if field.auto %%}
{%% if not (field.blank or field.null) %%}
{%% set _ = options.append("blank=True") %%}
{%% endif %%}
{%% set _ = options.append('help_text="Leave empty to generate it from the ' ~ resource.slug_source.label ~ '."') %%}
{%% endif %%}
models.{= field.model =}({= options | join(", ") =})
{%%- endmacro %%}
{%% macro choices(field) %%}
{%% for choice in field.choices %%}("{= choice =}", "{= choice | replace("-", " ") | replace("_", " ") | capitalize =}"){= ", " if not loop.last =}{%% endfor %%}
{%% endmacro %%}
class Migration(migrations.Migration):
    initial = True

    dependencies = [
# % for name in app.depends
        ("{= name =}", "0001_initial"),
# % endfor
# % if app.resources | map(attribute="refs") | sum(start=[]) | selectattr("to_user") | list or app.resources | map(attribute="m2ms") | sum(start=[]) | selectattr("to_user") | list
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
# % endif
    ]

    operations = [
{%% set later = [] %%}
# % for resource in ordered
{%% set position = loop.index0 %%}
        migrations.CreateModel(
            name="{= resource.name =}",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
# % for field in resource.fields
# % if field.target and field.target.app == app.name and ordered.index(field.target) > position
{%% set _ = later.append((resource, field)) %%}
# % else
                ("{= field.name =}", {= column(resource, field) | trim =}),
# % endif
# % endfor
            ],
            options={
                "ordering": {= ("[" ~ (resource.label_field.name | tojson) ~ ', "id"]') if resource.access == "staff" and resource.label_field else '["-id"]' =},
# % if resource.label != resource.name | lower
                "verbose_name": "{= resource.label =}",
# % endif
# % if resource.label_plural != resource.label ~ "s"
                "verbose_name_plural": "{= resource.label_plural =}",
# % endif
# % for field in resource.columns if field.conditions is defined
{%% if loop.first %%}
                "constraints": [
{%% endif %%}
                    models.CheckConstraint(
                        condition=models.Q({= (field.name ~ "__in=" ~ field.choices | list | tojson) if field.type == "enum" else field.conditions | join(", ") =}),
                        name="{= resource.table =}_{= field.name =}",
                    ),
{%% if loop.last %%}
                ],
{%% endif %%}
# % endfor
            },
        ),
# % endfor
# % for resource, field in later
        migrations.AddField(
            model_name="{= resource.name | lower =}",
            name="{= field.name =}",
            field={= column(resource, field) | trim =},
        ),
# % endfor
    ]

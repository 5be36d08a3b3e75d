from django.db.models import QuerySet
from rest_framework import serializers

from apps.accounts.models import User
# % for target in cookiecutter._apps if target.name == app.name or target.name in app.depends
# % for resource in target.resources
from apps.{= target.name =}.models import {= resource.name =}
# % endfor
# % endfor
from core.api.serializers import ModelSerializer, ReferenceSerializer
# % set scoped = []
# % for target in app.resources | map(attribute="inputs") | sum(start=[]) | map(attribute="target") | select if target.private and target not in scoped
{%% set _ = scoped.append(target) %%}


class Visible{= target.name =}Field(serializers.PrimaryKeyRelatedField):
    def get_queryset(self) -> QuerySet[{= target.name =}]:
        return {= target.name =}.objects.visible_to(self.context["request"].user)
# % endfor
# % for resource in app.resources


class {= resource.name =}Serializer(ModelSerializer):
# % for field in resource.outputs if field.target
    {= field.name =} = ReferenceSerializer({= "many=True, " if field.type == "m2m" =}read_only=True)
# % if field in resource.inputs
    {= field.key =} = {= "Visible" ~ field.target.name ~ "Field" if field.target.private else "serializers.PrimaryKeyRelatedField" =}(
        source="{= field.name =}", {= "queryset=" ~ field.target.name ~ ".objects." ~ ("filter(is_active=True)" if field.target.app == "accounts" else "all()") ~ ", " if not field.target.private =}{= "many=True, " if field.type == "m2m" =}write_only=True{= ", required=False" if not field.required =}{= ", allow_null=True" if field.null =}{= ", allow_empty=False" if field.type == "m2m" and field.required =}
    )
# % endif
# % endfor
{= "" =}
    class Meta:
        model = {= resource.name =}
        fields = (
            "id",
# % for field in resource.outputs
            "{= field.name =}",
# % if field.target and field in resource.inputs
            "{= field.key =}",
# % endif
# % endfor
            "created_at",
            "updated_at",
        )
# % set readonly = resource.outputs | selectattr("readonly") | rejectattr("target") | map(attribute="name") | list
# % if readonly
        read_only_fields = ({= readonly | map("tojson") | join(", ") =}{= "," if readonly | length == 1 =})
# % endif
# % endfor

from apps.{= app.name =}.models import {= app.resources | map(attribute="name") | join(", ") =}
from core.api.filters import CamelCaseFilterSet, IntegerFilter, OrderingFilter
# % for resource in app.resources


class {= resource.name =}Filter(CamelCaseFilterSet):
# % for field in resource.outputs if field.target
    {= field.key =} = IntegerFilter({= '"' ~ field.name ~ '__id"' if field.type == "m2m" =})
# % endfor
    ordering = OrderingFilter("id", {%% for field in resource.sorted_by %%}"{= field.name =}", {%% endfor %%}"created_at", "updated_at")

    class Meta:
        model = {= resource.name =}
        fields = {
# % for field in resource.outputs if field.lookups
            "{= field.name =}": [{= field.lookups | map("tojson") | join(", ") =}],
# % endfor
            "created_at": ["gte", "lte"],
            "updated_at": ["gte", "lte"],
        }
# % endfor

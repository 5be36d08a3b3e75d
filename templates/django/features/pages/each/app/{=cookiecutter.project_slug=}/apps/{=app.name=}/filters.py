"""What the lists of pages are filtered by."""

from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

# % for target in cookiecutter._apps if target.name == app.name or target.name in app.depends
# % for resource in target.resources
from apps.{= target.name =}.models import {= resource.name =}
# % for field in resource.columns if field.type == "enum"
from apps.{= target.name =}.models import {= resource.name ~ field.class_name =}
# % endfor
# % endfor
# % endfor
from core.lists import SearchFilter
from core.widgets import SearchSelect
# % for resource in app.resources


class {= resource.name =}Filter(FilterSet):
# % if resource.searched
    search = SearchFilter({= resource.searched | map(attribute="name") | map("tojson") | join(", ") =}, label="Search {= resource.label_plural =}")
# % endif
# % for field in resource.filters if not field.to_user
# % if field.type == "enum"
    {= field.name =} = ChoiceFilter(choices={= resource.name ~ field.class_name =}.choices, empty_label="Any {= field.label =}")
# % elif field.type == "bool"
    {= field.name =} = ChoiceFilter(
        choices=[("True", "{= field.label | capitalize =}"), ("False", "Not {= field.label =}")],
        empty_label="{= field.label | capitalize =} or not",
    )
# % else
    {= field.name =} = ModelChoiceFilter(
        queryset={= "lambda request: " if field.target.private =}{= field.target.name =}.objects.{= "visible_to(request.user),  # type: ignore[arg-type]" if field.target.private else "all()," =}
        empty_label="Any {= field.key[:-4] | replace("_", " ") if field.type == "m2m" else field.label =}",
        widget=SearchSelect("{= field.target.app =}:{= field.target.name | lower =}-choices"),
    )
# % endif
# % endfor

    class Meta:
        model = {= resource.name =}
        fields: list[str] = []
# % endfor

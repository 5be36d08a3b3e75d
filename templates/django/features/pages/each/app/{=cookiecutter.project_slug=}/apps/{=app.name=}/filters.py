"""What the lists of pages are filtered by."""

from django.db.models import Q, QuerySet
from django.forms import SearchInput
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

# % for target in cookiecutter._apps if target.name == app.name or target.name in app.depends
# % for resource in target.resources
from apps.{= target.name =}.models import {= resource.name =}
# % for field in resource.columns if field.type == "enum"
from apps.{= target.name =}.models import {= resource.name ~ field.class_name =}
# % endfor
# % endfor
# % endfor
from core.widgets import SearchSelect
# % for resource in app.resources


class {= resource.name =}ListFilter(FilterSet):
# % if resource.searched
    search = CharFilter(
        method="search_rows",
        widget=SearchInput({"placeholder": "Search {= resource.label_plural =}", "aria-label": "Search {= resource.label_plural =}"}),
    )
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
# % if resource.searched

    def search_rows(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        return rows.filter({%% for field in resource.searched %%}Q({= field.name =}__icontains=text){= " | " if not loop.last =}{%% endfor %%})
# % endif
# % endfor

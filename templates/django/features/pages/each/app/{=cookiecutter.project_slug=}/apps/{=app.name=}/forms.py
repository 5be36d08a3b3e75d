from typing import Any

from django import forms

from apps.accounts.models import User
# % for target in cookiecutter._apps if target.name == app.name or target.name in app.depends
# % for resource in target.resources
from apps.{= target.name =}.models import {= resource.name =}
# % endfor
# % endfor
from core.forms import DateTimeField
from core.widgets import SearchBoxes, SearchSelect
# % for resource in app.resources
# % set references = resource.inputs | selectattr("target") | list
# % set datetimes = resource.inputs | selectattr("type", "equalto", "datetime") | list
# % set typed = resource.inputs | selectattr("type", "in", ["date", "time"]) | list
# % set scoped = references | selectattr("target.private") | list


class {= resource.name =}Form(forms.ModelForm):
    class Meta:
        model = {= resource.name =}
        fields = [{= resource.inputs | map(attribute="name") | map("tojson") | join(", ") =}]
# % if datetimes
        field_classes = {
# % for field in datetimes
            "{= field.name =}": DateTimeField,
# % endfor
        }
# % endif
# % if references or typed
        widgets = {
# % for field in resource.inputs
# % if field.type == "ref"
            "{= field.name =}": SearchSelect("{= "user" if field.to_user else field.target.app ~ ":" ~ field.target.name | lower =}-choices"),
# % elif field.type == "m2m"
            "{= field.name =}": SearchBoxes("{= "user" if field.to_user else field.target.app ~ ":" ~ field.target.name | lower =}-choices"),
# % elif field.type in ("date", "time")
            "{= field.name =}": forms.{= field.type | capitalize =}Input({%% if field.type == "date" %%}format="%Y-%m-%d", {%% endif %%}attrs={"type": "{= field.type =}"}),
# % endif
# % endfor
        }
# % endif
# % if scoped
{= "" =}
    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
# % for field in scoped
        self.fields["{= field.name =}"].queryset = {= field.target.name =}.objects.visible_to(user)  # type: ignore[attr-defined]
# % endfor
# % endif
# % endfor

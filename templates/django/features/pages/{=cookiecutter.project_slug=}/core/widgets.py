"""Selects that stay small: the first rows and the chosen ones; `choices.js` finds the others."""

from typing import Any

from django import forms
from django.urls import reverse_lazy


class SearchMixin(forms.widgets.ChoiceWidget):
    limit = 50

    def __init__(self, url_name: str) -> None:
        super().__init__({"data-choices": reverse_lazy(url_name)})

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        choices: Any = self.choices
        field = choices.field
        rows = {row.pk: row for row in field.queryset[: self.limit]}
        chosen = [int(pk) for pk in value if pk.isdecimal() and len(pk) < 19]
        rows |= field.queryset.in_bulk(chosen)
        empty = [] if self.allow_multiple_selected else [("", field.empty_label or "---------")]
        self.choices = [*empty, *((pk, field.label_from_instance(row)) for pk, row in rows.items())]
        return super().optgroups(name, value, attrs)


class SearchSelect(SearchMixin, forms.Select):
    pass


class SearchBoxes(SearchMixin, forms.CheckboxSelectMultiple):
    template_name = "includes/search_boxes.html"
    option_inherits_attrs = False

    def value_from_datadict(self, *args: Any) -> Any:
        values = super().value_from_datadict(*args)
        return values and [pk if len(pk) < 19 else "" for pk in values]  # no id is that long

from typing import Any

from django import forms
from django.urls import reverse_lazy


class SearchInput(forms.TextInput):
    input_type = "search"

    def __init__(self, label: str) -> None:
        super().__init__({"placeholder": label, "aria-label": label})


class SearchSelect(forms.Select):
    """Offer the first rows and the selected ones; `choices.js` finds others at the URL."""

    limit = 50

    def __init__(self, url_name: str) -> None:
        super().__init__({"data-choices": reverse_lazy(url_name)})

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        choices: Any = self.choices
        field = choices.field
        rows = {row.pk: row for row in field.queryset[: self.limit]}
        chosen = [int(pk) for pk in value if pk.isdecimal() and len(pk) < 19]
        rows |= field.queryset.in_bulk(chosen)
        empty = [] if self.allow_multiple_selected else [("", "---------")]
        self.choices = [*empty, *((pk, field.label_from_instance(row)) for pk, row in rows.items())]
        return super().optgroups(name, value, attrs)


class SearchSelectMultiple(SearchSelect, forms.SelectMultiple):
    pass

"""Lists of rows: sorted and filtered for a page, or searched for a select."""

from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.views.generic.list import BaseListView
from django_filters.views import FilterView


def search(rows: QuerySet[Any], text: str, fields: tuple[str, ...]) -> QuerySet[Any]:
    """Return the rows that contain the text in one of the fields."""
    text = text.replace("\0", "")
    return rows.filter(reduce(or_, (Q(**{f"{name}__icontains": text}) for name in fields), Q()))


class SearchFilter(django_filters.CharFilter):
    def __init__(self, *fields: str, label: str) -> None:
        attrs = {"type": "search", "placeholder": label, "aria-label": label}
        super().__init__(widget=forms.TextInput(attrs))
        self.fields = fields

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return search(qs, value, self.fields) if value else qs


class FilteredListView(FilterView):
    """A list with a filter set. `?ordering=` takes the columns that the view names."""

    paginate_by = 20
    strict = False  # what is not valid filters nothing
    template_name_suffix = "_list"
    sortable: tuple[str, ...] = ()

    def get_queryset(self) -> Any:
        rows, ordering = super().get_queryset(), self.request.GET.get("ordering", "")
        return rows.order_by(ordering, "pk") if ordering.removeprefix("-") in self.sortable else rows


class ChoicesView(BaseListView):
    """The first rows that match a search, for the selects of forms (`choices.js`)."""

    search_fields: tuple[str, ...] = ()

    def get_queryset(self) -> Any:
        return search(super().get_queryset(), self.request.GET.get("search", ""), self.search_fields)

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        rows = [{"id": row.pk, "label": str(row)} for row in context["object_list"][:50]]
        return JsonResponse({"results": rows})

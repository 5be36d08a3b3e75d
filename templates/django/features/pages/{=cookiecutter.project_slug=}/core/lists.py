"""Lists of rows: filtered and sorted for a page, or searched for a select."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.views.generic import ListView, View


class FilterMixin(ListView):
    """Filter by a form of the query string, and sort by the columns that the view lists."""

    form_class: type[forms.Form]
    orderings: list[str] = []

    def filter_values(self) -> dict[str, Any]:
        """Return the valid values of the query string; what is not valid filters nothing."""
        self.form = self.form_class(self.request.GET)
        self.form.is_valid()
        return self.form.cleaned_data

    def sort(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        ordering = self.request.GET.get("ordering", "")
        return rows.order_by(ordering, "pk") if ordering.removeprefix("-") in self.orderings else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ordering = self.request.GET.get("ordering", "")
        return super().get_context_data(filter_form=self.form, ordering=ordering, **kwargs)


class ChoicesView(View):
    search_fields: list[str]
    limit = 50

    def get_queryset(self) -> QuerySet[Any]:
        raise NotImplementedError

    def get(self, request: HttpRequest) -> JsonResponse:
        search = request.GET.get("search", "").replace("\0", "")
        found = Q()
        for name in self.search_fields:
            found |= Q(**{f"{name}__icontains": search})
        rows = self.get_queryset().filter(found)[: self.limit]
        return JsonResponse({"results": [{"id": row.pk, "label": str(row)} for row in rows]})

from typing import Any

from django.http import HttpResponse, JsonResponse
from django_filters.views import FilterView


class FilteredListView(FilterView):
    """A list with a filter set. `?ordering=` takes the columns that the view names."""

    paginate_by = 20
    strict = False  # what is not valid filters nothing
    template_name_suffix = "_list"
    sortable: tuple[str, ...] = ()

    def get_ordering(self) -> Any:
        ordering = self.request.GET.get("ordering", "")
        return [ordering, "pk"] if ordering.removeprefix("-") in self.sortable else None


class ChoicesView(FilterView):
    """The first rows that match `?search=`, for the selects of forms (`choices.js`)."""

    strict = False

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        rows = [{"id": row.pk, "label": str(row)} for row in context["object_list"][:50]]
        return JsonResponse({"results": rows})

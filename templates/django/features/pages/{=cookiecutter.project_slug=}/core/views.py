"""Parts of pages. Visitors are sent to the login page, people without permission get 403."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.generic import UpdateView, View
from django.views.generic.detail import SingleObjectMixin
from django.views.generic.edit import DeletionMixin, FormMixin
from django_filters.views import FilterView

from core.conflicts import is_conflict


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


class RowPermissionMixin(LoginRequiredMixin, SingleObjectMixin, View):
    """Ask the row who may edit it, or who may delete it."""

    def get_object(self, queryset: Any = None) -> Any:
        row = super().get_object(queryset)
        check = row.can_be_deleted_by if isinstance(self, DeletionMixin) else row.can_be_edited_by
        if not check(self.request.user):
            raise PermissionDenied
        return row


class ConflictMixin(FormMixin):
    """Save all or nothing, and show a conflict with another person's change in the form."""

    def form_valid(self, form: Any) -> HttpResponse:
        deleting = isinstance(self, DeletionMixin)
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError as error:
            if not is_conflict(error, deleting):
                raise
            taken = "Somebody else has just used one of these values. Please try again."
            form.add_error(None, "This is still in use." if deleting else taken)
            return self.form_invalid(form)


class EditMixin(ConflictMixin, UpdateView):
    """Refuse to save over a change that somebody else made while the form was open."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.request.POST.get("version", self.object.updated_at.isoformat())
        return super().get_context_data(version=version, **kwargs)

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        rows = self.get_queryset().select_for_update(of=("self",))
        version = get_object_or_404(rows, pk=self.object.pk).updated_at.isoformat()
        if self.request.POST.get("version", version) != version:
            form.add_error(None, "Somebody else has changed this. Reload the page to see it.")
            return self.form_invalid(form)
        return super().form_valid(form)

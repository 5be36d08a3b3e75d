"""The five pages of a resource; an app names its model, form and columns."""

from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views import View, generic
from django.views.generic.base import ContextMixin
from django.views.generic.detail import SingleObjectMixin
from django.views.generic.edit import FormMixin

from core.errors import error_response
from core.models import BaseModel
from core.pages.cells import cell, label
from core.permissions import may_change, may_create, owned_by
from core.queries import search

ModelT = TypeVar("ModelT", bound=BaseModel)


def address(model: type[BaseModel], action: str, *arguments: Any) -> str:
    """Where a page is: `address(Post, "edit", 3)`."""
    meta = model._meta
    return reverse(f"{meta.app_label}:{meta.model_name}-{action}", args=arguments)


class Page(ContextMixin, Generic[ModelT]):
    """What all pages of a resource know.

    Attributes:
        model: whose rows are shown.
        named_by: the column that is a row's name, and above the links to the rows.
        columns: what the list shows beside it.
        details: what the page of one row shows.
        search_fields: what the search box looks into.
    """

    model: Any
    named_by: ClassVar[str] = ""
    columns: ClassVar[tuple[str, ...]] = ()
    details: ClassVar[tuple[str, ...]] = ()
    search_fields: ClassVar[tuple[str, ...]] = ()
    request: HttpRequest

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Tell the template about the resource."""
        return {
            "name": self.model._meta.verbose_name,
            "name_plural": self.model._meta.verbose_name_plural,
            "list_url": address(self.model, "list"),
            **super().get_context_data(**context),
        }


class ListPage(Page[ModelT], generic.ListView[ModelT]):
    """All rows, twenty at a time."""

    paginate_by = 20
    template_name = "pages/resource_list.html"

    def get_queryset(self) -> QuerySet[ModelT]:
        """Find the rows."""
        words = self.request.GET.get("search", "")
        return search(super().get_queryset(), self.search_fields, words)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Lay out the table."""
        more = super().get_context_data(**context)
        rows = [
            (row, address(self.model, "detail", row.pk), [cell(row, name) for name in self.columns])
            for row in more["object_list"]
        ]
        return {
            **more,
            "heading": label(self.model, self.named_by) if self.named_by else more["name"],
            "columns": [label(self.model, name) for name in self.columns],
            "rows": rows,
            "search": self.request.GET.get("search", ""),
            "searchable": bool(self.search_fields),
            "create_url": address(self.model, "create"),
            "may_create": may_create(self.model, self.request.user),
        }


class DetailPage(Page[ModelT], generic.DetailView[ModelT]):
    """One row."""

    template_name = "pages/resource_detail.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Lay out the row."""
        return {
            **super().get_context_data(**context),
            "entries": [
                (label(self.model, name), cell(self.object, name)) for name in self.details
            ],
            "edit_url": address(self.model, "edit", self.object.pk),
            "delete_url": address(self.model, "delete", self.object.pk),
            "may_change": may_change(self.object, self.request.user),
        }


class WritePage(Page[ModelT], FormMixin[Any], View):
    """A page for who may write: others are sent to the login, or told that they may not."""

    done: ClassVar[str] = "saved"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store what was typed; what other data forbids is answered with 409."""
        try:
            with transaction.atomic():
                answer: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]  # the page's
        except IntegrityError:
            return error_response(request, 409)
        if isinstance(answer, HttpResponseRedirect):
            messages.success(request, f"The {self.model._meta.verbose_name} has been {self.done}.")
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again."""
        answer = super().form_invalid(form)
        answer.status_code = 422
        return answer


class CreatePage(WritePage[ModelT], generic.CreateView[ModelT, BaseModelForm[ModelT]]):
    """A form for a new row."""

    template_name = "pages/resource_form.html"
    done = "created"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may create."""
        if request.user.is_authenticated and not may_create(self.model, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: BaseModelForm[ModelT]) -> HttpResponse:
        """Store the row; it belongs to who is signed in."""
        for name, user in owned_by(self.model, self.request.user).items():
            setattr(form.instance, name, user)
        return super().form_valid(form)

    def get_success_url(self) -> str:
        """Go on to the new row."""
        return address(self.model, "detail", self.object.pk)  # type: ignore[union-attr]  # it is made


class ChangePage(WritePage[ModelT], SingleObjectMixin[ModelT]):
    """A page that changes a row."""

    object: ModelT

    def get_object(self, queryset: Any = None) -> ModelT:
        """Take the row, if it may be changed; what is sent finds it locked until it is stored."""
        rows = self.get_queryset()
        reads = self.request.method in {"GET", "HEAD"}
        row = super().get_object(rows if reads else rows.select_for_update(of=("self",)))
        if not may_change(row, self.request.user):
            raise PermissionDenied
        return row

    def detail_url(self) -> str:
        """Where the row is shown."""
        return address(self.model, "detail", self.object.pk)


class EditPage(ChangePage[ModelT], generic.UpdateView[ModelT, BaseModelForm[ModelT]]):
    """A form for a row that is there."""

    template_name = "pages/resource_form.html"
    done = "changed"

    def get_success_url(self) -> str:
        """Go back to the row."""
        return self.detail_url()


class DeletePage(ChangePage[ModelT], generic.DeleteView[ModelT, BaseModelForm[ModelT]]):
    """Ask before a row is deleted."""

    template_name = "pages/resource_confirm_delete.html"
    done = "deleted"

    def get_success_url(self) -> str:
        """Go back to the list."""
        return address(self.model, "list")

{%% macro loaded(fields) -%%}
{%% set refs = fields | selectattr("type", "equalto", "ref") | map(attribute="name") | map("tojson") | join(", ") %%}
{%% set m2ms = fields | selectattr("type", "equalto", "m2m") | map(attribute="name") | map("tojson") | join(", ") %%}
{= ".select_related(" ~ refs ~ ")" if refs =}{= ".prefetch_related(" ~ m2ms ~ ")" if m2ms =}
{%%- endmacro %%}
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.views.generic import CreateView, DeleteView, DetailView, UpdateView

from apps.{= app.name =}.filters import {%% for resource in app.resources %%}{= resource.name =}ListFilter{= ", " if not loop.last =}{%% endfor %%}

from apps.{= app.name =}.forms import {%% for resource in app.resources %%}{= resource.name =}Form{= ", " if not loop.last =}{%% endfor %%}

from apps.{= app.name =}.models import {= app.resources | map(attribute="name") | join(", ") =}
from core.views import ChoicesView, ConflictMixin, EditMixin, FilteredListView, RowPermissionMixin
# % for resource in app.resources
# % set staff = resource.access == "staff"
# % set name = resource.name | lower
# % set label = resource.label_field if resource.label_field in resource.inputs else none
# % set subject = " “%(" ~ label.name ~ ")s”" if label else ""
# % set login = "LoginRequiredMixin, " if resource.private else ""
# % set scoped = resource.inputs | selectattr("target") | selectattr("target.private") | list


class {= resource.name =}ListView({= login =}FilteredListView):
# % if not resource.private
    queryset = {= resource.name =}.objects{= loaded(resource.listed) or ".all()" =}
# % endif
    filterset_class = {= resource.name =}ListFilter
    sortable = ({= resource.sorted_by | map(attribute="name") | map("tojson") | join(", ") =}{= "," if resource.sorted_by | length == 1 =})
# % if resource.private
{= "" =}
    def get_queryset(self) -> QuerySet[{= resource.name =}]:
        self.queryset = {= resource.name =}.objects.visible_to(self.request.user){= loaded(resource.listed) =}
        return super().get_queryset()
# % if resource.reverses | rejectattr("field.hidden") | list


class {= resource.name =}ChoicesView(LoginRequiredMixin, ChoicesView):
    filterset_class = {= resource.name =}ListFilter

    def get_queryset(self) -> QuerySet[{= resource.name =}]:
        return {= resource.name =}.objects.visible_to(self.request.user)
# % endif
# % endif


class {= resource.name =}DetailView({= login =}DetailView):
    model = {= resource.name =}
# % if resource.private
{= "" =}
    def get_queryset(self) -> QuerySet[{= resource.name =}]:
        return {= resource.name =}.objects.visible_to(self.request.user)
# % endif
# % if resource.children or not staff
{= "" =}
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
# % if not staff
        user = self.request.user
# % endif
        return super().get_context_data(
# % for child in resource.children
            {= child.name =}=self.object.{= child.name =}{= ".visible_to(" ~ ("user" if not staff else "self.request.user") ~ ")" if child.resource.private =}{= loaded(child.resource.listed | reject("sameas", child.field)) or (".all()" if not child.resource.private) =}[:50],
# % endfor
# % if not staff
            can_edit=self.object.can_be_edited_by(user),
            can_delete=self.object.can_be_deleted_by(user),
# % endif
            **kwargs,
        )
# % endif


class {= resource.name =}CreateView({= "PermissionRequiredMixin" if staff else "LoginRequiredMixin" =}, ConflictMixin, SuccessMessageMixin, CreateView):
    model = {= resource.name =}
# % if staff
    permission_required = "{= app.name =}.add_{= name =}"
# % endif
    form_class = {= resource.name =}Form
    success_message = "The {= resource.label =}{= subject =} was created."
# % if resource.inputs | selectattr("type", "equalto", "ref") | selectattr("on_delete", "equalto", "cascade") | list
{= "" =}
    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), **self.request.GET.dict()}
# % endif
# % if scoped
{= "" =}
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}
# % endif
# % if resource.owner
{= "" =}
    def form_valid(self, form: ModelForm) -> HttpResponse:
        form.instance.{= resource.owner.name =} = self.request.user
        return super().form_valid(form)
# % elif resource.access == "follows"
{= "" =}
    def form_valid(self, form: ModelForm) -> HttpResponse:
        if not form.instance.can_be_added_by(self.request.user):
            raise PermissionDenied
        return super().form_valid(form)
# % endif


class {= resource.name =}UpdateView({= "PermissionRequiredMixin" if staff else "RowPermissionMixin" =}, EditMixin, SuccessMessageMixin, UpdateView):
    model = {= resource.name =}
# % if staff
    permission_required = "{= app.name =}.change_{= name =}"
# % endif
    form_class = {= resource.name =}Form
    success_message = "The {= resource.label =}{= subject =} was saved."
# % if resource.private
{= "" =}
    def get_queryset(self) -> QuerySet[{= resource.name =}]:
        return {= resource.name =}.objects.visible_to(self.request.user)
# % endif
# % if scoped
{= "" =}
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}
# % endif
# % if resource.access == "follows"
{= "" =}
    def form_valid(self, form: ModelForm) -> HttpResponse:
        # The {= resource.parent.label =} may be another one now.
        if not form.instance.can_be_edited_by(self.request.user):
            raise PermissionDenied
        return super().form_valid(form)
# % endif


class {= resource.name =}DeleteView({= "PermissionRequiredMixin" if staff else "RowPermissionMixin" =}, ConflictMixin, SuccessMessageMixin, DeleteView):
    model = {= resource.name =}
# % if staff
    permission_required = "{= app.name =}.delete_{= name =}"
# % endif
    success_url = reverse_lazy("{= app.name =}:{= name =}-list")
    success_message = "The {= resource.label =} was deleted."
# % if resource.private
{= "" =}
    def get_queryset(self) -> QuerySet[{= resource.name =}]:
        return {= resource.name =}.objects.visible_to(self.request.user)
# % endif
# % endfor

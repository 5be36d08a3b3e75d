from typing import Any

from django.db.models import QuerySet
from rest_framework import viewsets
from rest_framework.permissions import (
    DjangoModelPermissionsOrAnonReadOnly,
    IsAuthenticated,
    IsAuthenticatedOrReadOnly,
)
from rest_framework.reverse import reverse
from rest_framework.serializers import BaseSerializer

from apps.{= app.name =}.api.filters import {%% for resource in app.resources %%}{= resource.name =}Filter{= ", " if not loop.last =}{%% endfor %%}

from apps.{= app.name =}.api.serializers import {%% for resource in app.resources %%}{= resource.name =}Serializer{= ", " if not loop.last =}{%% endfor %%}

from apps.{= app.name =}.models import {= app.resources | map(attribute="name") | join(", ") =}
from core.api.permissions import IsOwnerOrStaffOrReadOnly
from core.api.views import WriteMixin
# % for resource in app.resources
# % set refs = resource.outputs | selectattr("type", "equalto", "ref") | map(attribute="name") | map("tojson") | join(", ")
# % set m2ms = resource.outputs | selectattr("type", "equalto", "m2m") | map(attribute="name") | map("tojson") | join(", ")
# % set loaded = (".select_related(" ~ refs ~ ")" if refs else "") ~ (".prefetch_related(" ~ m2ms ~ ")" if m2ms else "")


class {= resource.name =}ViewSet(WriteMixin, viewsets.ModelViewSet):
    queryset = {= resource.name =}.objects{= not resource.private and loaded or ".all()" =}
    serializer_class = {= resource.name =}Serializer
    permission_classes = [{= "IsAuthenticated" if resource.private else "IsAuthenticatedOrReadOnly" =}, {= "DjangoModelPermissionsOrAnonReadOnly" if resource.access == "staff" else "IsOwnerOrStaffOrReadOnly" =}]
    filterset_class = {= resource.name =}Filter
# % if resource.searched
    search_fields = [{= resource.searched | map(attribute="name") | map("tojson") | join(", ") =}]
# % endif
# % if resource.private
{= "" =}
    def get_queryset(self) -> QuerySet[{= resource.name =}]:
        return {= resource.name =}.objects.visible_to(self.request.user){= loaded =}
# % endif
# % if resource.access != "staff"
{= "" =}
    def perform_create(self, serializer: BaseSerializer) -> None:
# % if resource.owner
        serializer.save({= resource.owner.name =}=self.request.user)
# % elif resource.access == "follows"
        {= resource.parent.name =} = serializer.validated_data["{= resource.parent.name =}"]
        if not {= resource.name =}({= resource.parent.name =}={= resource.parent.name =}).can_be_added_by(self.request.user):
            self.permission_denied(self.request)
        serializer.save()
# % endif
# % endif
# % if resource.access == "follows"
{= "" =}
    def perform_update(self, serializer: BaseSerializer) -> None:
        {= resource.parent.name =} = serializer.validated_data.get("{= resource.parent.name =}")
        if {= resource.parent.name =} and not {= resource.name =}({= resource.parent.name =}={= resource.parent.name =}).can_be_edited_by(self.request.user):
            self.permission_denied(self.request)
        serializer.save()
# % endif
{= "" =}
    def get_success_headers(self, data: Any) -> dict[str, str]:
        return {"Location": reverse("{= app.name =}-api:{= resource.name | lower =}-detail", args=[data["id"]])}
# % endfor

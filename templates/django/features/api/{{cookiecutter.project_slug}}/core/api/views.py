"""Generic views of the API: a list that can be added to, a row that can be changed."""

from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags
from rest_framework import generics, views
from rest_framework.exceptions import MethodNotAllowed, NotFound, ParseError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from core.api.errors import PreconditionFailed
from core.api.etags import etag
from core.models import BaseModel
from core.permissions import owned_by

ModelT = TypeVar("ModelT", bound=BaseModel)


class ApiView(views.APIView):
    """What every view of the API keeps to."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check a request from the outside in: method, identity, permission, body."""
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(request.method or "")
        super().initial(request, *args, **kwargs)
        if request.method in {"POST", "PUT", "PATCH"} and request.stream is None:
            raise ParseError("The body is empty.")


class NothingView(ApiView):
    """Answers every path of the API that leads nowhere."""

    authentication_classes = []
    permission_classes = [AllowAny]
    schema = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer any method."""
        self.http_method_names = [request.method.lower()]
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Say that there is nothing."""
        raise NotFound


class ListView(ApiView, generics.ListCreateAPIView[ModelT]):
    """All rows, and a new one.

    Attributes:
        search_fields: what `?search=` looks into.
        ordering_fields: what `?ordering=` takes, beside id, createdAt, updatedAt.
    """

    search_fields: tuple[str, ...] = ()
    ordering_fields: tuple[str, ...] = ()

    def perform_create(self, serializer: BaseSerializer[ModelT]) -> None:
        """Store a row; it belongs to who is signed in."""
        model = self.get_queryset().model
        with transaction.atomic():
            serializer.save(**owned_by(model, self.request.user))

    def get_success_headers(self, data: Any) -> dict[str, str]:
        """Say where the new row is."""
        return {"Location": f"{self.request.path}{data['id']}/", "ETag": etag(data)}


class RowView(ApiView, generics.RetrieveUpdateDestroyAPIView[ModelT]):
    """One row, with an entity tag that protects it from being overwritten unseen."""

    filter_backends = []

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Read the row, or say that it has not changed."""
        response = super().retrieve(request, *args, **kwargs)
        response["ETag"] = etag(response.data)
        return get_conditional_response(request._request, response["ETag"], None, response)

    @transaction.atomic
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change the row."""
        response = super().update(request, *args, **kwargs)
        response["ETag"] = etag(response.data)
        return response

    @transaction.atomic
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Delete the row."""
        return super().destroy(request, *args, **kwargs)

    def get_queryset(self) -> models.QuerySet[ModelT]:
        """Find the row; a write locks it."""
        rows = super().get_queryset()
        return (
            rows if self.request.method in {"GET", "HEAD"} else rows.select_for_update(of=("self",))
        )

    def get_object(self) -> ModelT:
        """Take the row; a write also needs the tag it names in `If-Match`."""
        row = super().get_object()
        wanted = parse_etags(self.request.headers.get("If-Match", "*"))
        unsafe = self.request.method not in {"GET", "HEAD"}
        conditional = unsafe and wanted != ["*"]
        if conditional and etag(self.get_serializer(row).data) not in wanted:
            raise PreconditionFailed
        return row

"""The project's rule of writing, for the API."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from core.permissions import may_change, may_create


class OwnerOrStaffWrites(BasePermission):
    """Anyone reads; see `core.permissions` for who writes."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether somebody may try at all."""
        if request.method in SAFE_METHODS:
            return True
        if request.method == "POST":
            return may_create(view.queryset.model, request.user)
        return bool(request.user.is_authenticated)

    def has_object_permission(self, request: Request, view: Any, obj: Any) -> bool:
        """Whether somebody may do it to this row."""
        return request.method in SAFE_METHODS or may_change(obj, request.user)

"""Tokens in the admin: to be seen and revoked, not to be made."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.tokens.models import Token
from core.admin.resource import ResourceAdmin


@admin.register(Token)
class TokenAdmin(ResourceAdmin[Token]):
    """Tokens."""

    list_display = ("__str__", "created_at", "expires_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave it to the API."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave it to the API."""
        return False

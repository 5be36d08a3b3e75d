"""Tokens, of which only a digest is kept."""

from django.conf import settings
from django.db import models

from core.models import BaseModel


class Token(BaseModel):
    """Lets a program act for a user until it expires."""

    joins = ("user",)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    auth_hash = models.CharField(max_length=64, editable=False)  # changes with the password
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Token {self.pk} of {self.user.email}"

"""Users and tokens as JSON."""

from typing import Any

from rest_framework import serializers

from apps.accounts.models import User
from core.api.serializers import ModelSerializer, Serializer


class MeSerializer(ModelSerializer[User]):
    """Who is signed in."""

    class Meta:
        model = User
        fields = ("id", "email", "name", "is_staff")
        read_only_fields = fields


class CredentialsSerializer(Serializer[Any]):
    """What a token is given for."""

    email = serializers.CharField()
    password = serializers.CharField(trim_whitespace=False)


class TokenSerializer(Serializer[Any]):
    """A new token."""

    token = serializers.CharField(read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)

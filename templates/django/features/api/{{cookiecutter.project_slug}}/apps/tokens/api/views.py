"""Who am I, and tokens."""

from typing import Any, cast

from django.contrib.auth import authenticate
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.tokens import services
from apps.tokens.api.authentication import BearerAuthentication
from apps.tokens.api.serializers import CredentialsSerializer, MeSerializer, TokenSerializer
from apps.tokens.models import Token
from core.api.views import ApiView
from core.limits import Logins


@method_decorator(never_cache, name="dispatch")
class MeView(ApiView):
    """Who is signed in."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Read the user."""
        return Response(MeSerializer(cast(User, request.user)).data)


@method_decorator(never_cache, name="dispatch")
class TokenView(ApiView):
    """A token for a program."""

    authentication_classes = [BearerAuthentication]

    def get_permissions(self) -> list[Any]:
        """Ask for a token where one is revoked."""
        rules: list[Any] = [IsAuthenticated] if self.request.method == "DELETE" else [AllowAny]
        return [rule() for rule in rules]

    @extend_schema(request=CredentialsSerializer, responses={201: TokenSerializer})
    def post(self, request: Request) -> Response:
        """Give a token for e-mail address and password."""
        credentials = CredentialsSerializer(data=request.data)
        credentials.is_valid(raise_exception=True)
        values = credentials.validated_data
        logins = Logins(request, values["email"])
        if wait := logins.wait():
            raise Throttled(wait)
        user = authenticate(request, username=values["email"], password=values["password"])
        if not isinstance(user, User):
            logins.failed()
            raise AuthenticationFailed("This e-mail address and password do not belong together.")
        logins.succeeded()
        text, token = services.issue(user)
        body = TokenSerializer({"token": text, "expires_at": token.expires_at})
        return Response(body.data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke the token that the request bears."""
        cast(Token, request.auth).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)

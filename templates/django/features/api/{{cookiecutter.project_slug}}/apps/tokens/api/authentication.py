"""`Authorization: Bearer …`."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.accounts.models import User
from apps.tokens import services
from apps.tokens.models import Token


class BearerAuthentication(BaseAuthentication):
    """Knows a user by a token; a bad token is refused even where none is needed."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        """Find the user of a request."""
        scheme, *texts = get_authorization_header(request).split() or [b""]
        if scheme.lower() != b"bearer":
            return None
        try:
            token = services.find(texts[0].decode("ascii")) if len(texts) == 1 else None
        except UnicodeDecodeError:
            token = None
        if token is None:
            raise AuthenticationFailed("The token is not valid, or no longer.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Say how to sign in."""
        return "Bearer"


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its registration
    """Describes the scheme in the OpenAPI document."""

    target_class = BearerAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Describe it."""
        return {"type": "http", "scheme": "bearer"}

"""Tokens are issued, found and revoked here."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import User
from apps.tokens.models import Token


def issue(user: User) -> tuple[str, Token]:
    """Make a token; its text is known now and never again."""
    user.tokens.filter(expires_at__lte=timezone.now()).delete()
    text = secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        digest=digest(text),
        auth_hash=user.get_session_auth_hash(),
        expires_at=timezone.now() + timedelta(days=settings.TOKEN_DAYS),
    )
    return text, token


def find(text: str) -> Token | None:
    """Find a token that is still good: neither expired nor older than the user's password."""
    good = Token.objects.filter(expires_at__gt=timezone.now(), user__is_active=True)
    token = good.filter(digest=digest(text)).first()
    return token if token and token.auth_hash == token.user.get_session_auth_hash() else None


def digest(text: str) -> str:
    """What is kept of a token: enough to know it again, too little to use it."""
    return sha256(text.encode()).hexdigest()

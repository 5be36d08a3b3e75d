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
    expires_at = timezone.now() + timedelta(days=settings.TOKEN_DAYS)
    return text, Token.objects.create(user=user, digest=digest(text), expires_at=expires_at)


def find(text: str) -> Token | None:
    """Find a token that is still good."""
    good = Token.objects.filter(expires_at__gt=timezone.now(), user__is_active=True)
    return good.filter(digest=digest(text)).first()


def digest(text: str) -> str:
    """What is kept of a token: enough to know it again, too little to use it."""
    return sha256(text.encode()).hexdigest()

"""Rate limits, counted in the cache."""

import time
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """So many events, then a pause.

    Attributes:
        scope: what is counted.
        count: how many are let through.
        seconds: how long they are remembered.
    """

    scope: str
    count: int
    seconds: int

    def wait(self, who: str) -> int:
        """How many seconds somebody has to wait; 0 for not at all."""
        count, until = cache.get(self._key(who), (0, 0.0))
        left = int(until - time.time()) + 1
        return max(left, 1) if count >= self.count and until > time.time() else 0

    def add(self, who: str) -> None:
        """Count one event of somebody."""
        count, until = cache.get(self._key(who), (0, time.time() + self.seconds))
        cache.set(self._key(who), (count + 1, until), max(1, int(until - time.time()) + 1))

    def forget(self, who: str) -> None:
        """Begin anew for somebody."""
        cache.delete(self._key(who))

    def _key(self, who: str) -> str:
        return f"limit:{self.scope}:{sha256(who.encode()).hexdigest()}"


def login_limit() -> Limit:
    """The limit of wrong passwords."""
    return Limit("login", settings.LOGIN_FAILURES, settings.LOGIN_PAUSE)


def login_key(request: HttpRequest, email: str) -> str:
    """Who tries: an address on the net with an e-mail address."""
    return f"{client_address(request)} {email.strip().lower()}"


def client_address(request: HttpRequest) -> str:
    """The address of the client, as the last trusted proxy saw it."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted: int = settings.TRUSTED_PROXIES
    if 0 < trusted <= len(hops) and hops[-trusted]:
        return hops[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))

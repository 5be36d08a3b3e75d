"""Rate limits, counted in the database: one count for all worker processes and machines."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from math import ceil

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.errors import error_response
from core.models import Count


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
        now = timezone.now()
        full = Count.objects.filter(key=self._key(who), number__gte=self.count, until__gt=now)
        until = full.values_list("until", flat=True).first()
        return ceil((until - now).total_seconds()) if until else 0

    def add(self, who: str) -> None:
        """Count one event of somebody."""
        now = timezone.now()
        Count.objects.filter(until__lte=now).delete()
        first = {"number": 1, "until": now + timedelta(seconds=self.seconds)}
        row, is_new = Count.objects.get_or_create(key=self._key(who), defaults=first)
        if not is_new:
            Count.objects.filter(pk=row.pk).update(number=F("number") + 1)

    def forget(self, who: str) -> None:
        """Begin anew for somebody."""
        Count.objects.filter(key=self._key(who)).delete()

    def _key(self, who: str) -> str:
        return f"{self.scope}:{sha256(who.encode(errors='replace')).hexdigest()}"


class Logins:
    """What one address on the net may try at one account, and at all accounts together.

    Args:
        request: who tries.
        account: an e-mail address, or another name of whose password is tried.
    """

    def __init__(self, request: HttpRequest, account: str) -> None:
        failures, seconds = settings.LOGIN_FAILURES, settings.LOGIN_PAUSE
        address = client_address(request)
        self.account = f"{address} {account.strip().lower()}"
        self.of_account = Limit("login", failures, seconds)
        self.address = address
        self.of_address = Limit("guessing", 10 * failures, seconds)  # an office shares an address

    def wait(self) -> int:
        """How many seconds somebody has to wait; 0 for not at all."""
        return self.of_account.wait(self.account) or self.of_address.wait(self.address)

    def failed(self) -> None:
        """Count a wrong password."""
        self.of_account.add(self.account)
        self.of_address.add(self.address)

    def succeeded(self) -> None:
        """Begin anew for the account."""
        self.of_account.forget(self.account)


def pause(request: HttpRequest, seconds: int) -> HttpResponse:
    """Answer who has to wait."""
    response = error_response(request, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response


def client_address(request: HttpRequest) -> str:
    """The address of the client, as the last trusted proxy saw it."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted: int = settings.TRUSTED_PROXIES
    if 0 < trusted <= len(hops) and hops[-trusted]:
        return hops[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))

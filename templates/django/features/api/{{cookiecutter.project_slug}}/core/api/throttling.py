"""How often one client may ask."""

import time
from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class Throttle(SimpleRateThrottle):
    """Counts in windows of fixed length: one number in the cache, however high the rate."""

    scope = "client"
    num_requests: int  # read from the rate by REST framework
    duration: int
    left = 0.0

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count a request, and tell whether it is let through."""
        if self.rate is None:
            return True
        now = time.time()
        self.left = self.duration - now % self.duration
        key = f"{self.get_cache_key(request, view)}_{int(now // self.duration)}"
        return self._count(key) <= self.num_requests

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Name the client: who is signed in, else an address on the net."""
        user = request.user
        who = f"user_{user.pk}" if user and user.is_authenticated else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": who}

    def wait(self) -> float:
        """How many seconds are left of the window."""
        return self.left

    def _count(self, key: str) -> int:
        kept = 2 * self.duration  # there still, should this thread pause here until the window ends
        try:
            return int(self.cache.incr(key))
        except ValueError:  # the first of its window, unless another thread is faster
            return 1 if self.cache.add(key, 1, kept) else int(self.cache.incr(key))

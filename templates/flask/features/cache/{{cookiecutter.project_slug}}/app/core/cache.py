"""The cache of the application; while its store is away nothing is known, and nothing is kept."""

import logging
import time
from collections.abc import Callable
from typing import Any

from flask_caching import Cache
from redis import RedisError

REST = 5  # seconds before the store is asked again, so that not every request waits for it
log = logging.getLogger(__name__)


class ForgivingCache(Cache):
    """No page fails for want of the cache: what is not there is worked out again."""

    back = 0.0  # when the store is asked again

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """The value kept under a key, or none."""
        return self._ask(super().get, *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> bool | None:
        """Keep a value; tell whether it is kept."""
        return bool(self._ask(super().set, *args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        """Forget a value; tell whether there was one."""
        return bool(self._ask(super().delete, *args, **kwargs))

    def clear(self) -> bool:
        """Forget everything; tell whether it worked."""
        return bool(self._ask(super().clear))

    def _ask(self, question: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < self.back:
            return None
        try:
            return question(*args, **kwargs)
        except RedisError as error:
            self.back = time.monotonic() + REST
            log.warning("the cache does not answer: %s", error)
            return None


cache = ForgivingCache()

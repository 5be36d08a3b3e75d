"""The cache of the application; while its store is away nothing is known, and nothing is kept."""

import logging
from collections.abc import Callable
from typing import Any

from flask_caching import Cache
from redis import RedisError

log = logging.getLogger(__name__)


class ForgivingCache(Cache):
    """No page fails for want of the cache: what is not there is worked out again."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """The value kept under a key, or none."""
        return _asked(super().get, *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> bool | None:
        """Keep a value; tell whether it is kept."""
        return bool(_asked(super().set, *args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        """Forget a value; tell whether there was one."""
        return bool(_asked(super().delete, *args, **kwargs))

    def clear(self) -> bool:
        """Forget everything; tell whether it worked."""
        return bool(_asked(super().clear))


def _asked(question: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return question(*args, **kwargs)
    except RedisError as error:
        log.warning("the cache does not answer: %s", error)
        return None


cache = ForgivingCache()

"""A cache that the site can do without."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

PAUSE = 5  # seconds until Redis is asked again
logger = logging.getLogger(__name__)


class ResilientRedisCache(RedisCache):
    """Is empty while Redis is away. Limits are not counted then, and locks lock nothing."""

    away_until = 0.0

    def attempt(self, command: Callable[..., Any], otherwise: Any, *args: Any, **kwargs: Any) -> Any:
        if monotonic() < ResilientRedisCache.away_until:
            return otherwise
        try:
            return command(*args, **kwargs)
        except RedisError as error:
            ResilientRedisCache.away_until = monotonic() + PAUSE
            logger.warning("The cache is away, the site goes on without it: %s", error)
            return otherwise

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(super().add, True, *args, **kwargs)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self.attempt(super().get, default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(super().set, None, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(super().touch, False, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(super().delete, False, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(super().get_many, {}, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(super().has_key, False, *args, **kwargs)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        return self.attempt(super().incr, delta, key, delta, version)

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(super().set_many, [], *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(super().delete_many, None, *args, **kwargs)

    def clear(self) -> Any:
        return self.attempt(super().clear, False)

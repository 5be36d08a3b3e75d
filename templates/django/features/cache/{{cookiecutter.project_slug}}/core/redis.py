"""A cache that the site can do without: while Redis is away, it is empty."""

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

REST = 5  # seconds before Redis is asked again, so that not every request waits for its time limit
logger = logging.getLogger(__name__)
T = TypeVar("T")


class ForgivingClient(RedisCacheClient):
    """Answers as an empty cache does where Redis does not answer, and logs a warning."""

    back: ClassVar[float] = 0.0

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        """Store what is not there yet."""
        return self._ask(super().add, True, key, value, timeout)

    def get(self, key: Any, default: Any) -> Any:
        """Read."""
        return self._ask(super().get, default, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        """Store."""
        self._ask(super().set, None, key, value, timeout)

    def touch(self, key: Any, timeout: Any) -> bool:
        """Keep longer."""
        return self._ask(super().touch, False, key, timeout)

    def delete(self, key: Any) -> bool:
        """Forget."""
        return self._ask(super().delete, False, key)

    def get_many(self, keys: Any) -> dict[Any, Any]:
        """Read some."""
        return self._ask(super().get_many, {}, keys)

    def has_key(self, key: Any) -> bool:
        """Tell whether something is there."""
        return self._ask(super().has_key, False, key)

    def incr(self, key: Any, delta: int) -> Any:
        """Count."""
        return self._ask(super().incr, delta, key, delta)

    def set_many(self, data: Any, timeout: Any) -> None:
        """Store some."""
        self._ask(super().set_many, None, data, timeout)

    def delete_many(self, keys: Any) -> None:
        """Forget some."""
        self._ask(super().delete_many, None, keys)

    def clear(self) -> bool:
        """Forget all."""
        return self._ask(super().clear, False)

    def _ask(self, command: Callable[..., T], otherwise: T, *args: Any) -> T:
        if time.monotonic() < ForgivingClient.back:
            return otherwise
        try:
            return command(*args)
        except RedisError as error:
            ForgivingClient.back = time.monotonic() + REST
            logger.warning("The cache is away, the site goes on without it: %s", error)
            return otherwise


class ForgivingCache(RedisCache):
    """Redis, or nothing."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient

"""The cache, and with it the counts of the rate limits; no request waits long for its store."""

from redis import ConnectionError as NotConnected
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.settings.base import DEBUG
from app.settings.environment import env

CACHE_URL = env.str("CACHE_URL", "") if DEBUG else env.str("CACHE_URL")
CACHE_TYPE = "RedisCache" if CACHE_URL else "SimpleCache"
CACHE_REDIS_URL = CACHE_URL
CACHE_KEY_PREFIX = "{{ cookiecutter.project_slug }}:"
CACHE_DEFAULT_TIMEOUT = 300  # seconds
REDIS_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 2,
    "retry": Retry(NoBackoff(), 1, (NotConnected,)),  # what took too long takes too long again
}
CACHE_OPTIONS = REDIS_OPTIONS if CACHE_URL else {}
FIGURES_SECONDS = 60

# Read after `base`, so this is the default of the two that counts.
RATELIMIT_STORAGE_URI = env.str("RATELIMIT_STORAGE_URI", CACHE_URL or "memory://")
RATELIMIT_STORAGE_OPTIONS = REDIS_OPTIONS if RATELIMIT_STORAGE_URI.startswith("redis") else {}
RATELIMIT_IN_MEMORY_FALLBACK_ENABLED = True  # while Redis is away, each process counts for itself

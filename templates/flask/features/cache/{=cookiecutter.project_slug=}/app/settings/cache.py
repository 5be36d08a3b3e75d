"""The cache (Flask-Caching), where rate limits are counted too."""

from app.settings.base import env

CACHE_URL = env.str("CACHE_URL", "")  # empty: each process keeps its own
CACHE_TYPE = "RedisCache" if CACHE_URL else "SimpleCache"
CACHE_REDIS_URL = f"{CACHE_URL}?socket_connect_timeout=1&socket_timeout=1"
CACHE_DEFAULT_TIMEOUT = 60
RATELIMIT_STORAGE_URI = CACHE_URL or "memory://"
RATELIMIT_IN_MEMORY_FALLBACK_ENABLED = True

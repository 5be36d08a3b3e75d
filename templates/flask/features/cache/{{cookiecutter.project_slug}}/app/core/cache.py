"""The cache of the application."""

from flask_caching import Cache

cache = Cache()

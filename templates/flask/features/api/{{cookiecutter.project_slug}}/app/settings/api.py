"""The JSON API."""

from app.settings.environment import env

API_PAGE_SIZE = 20
API_MAX_PAGE_SIZE = 100
API_TOKEN_DAYS = env.int("API_TOKEN_DAYS", 30)

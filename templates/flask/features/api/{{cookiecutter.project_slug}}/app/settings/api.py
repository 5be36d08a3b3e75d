"""The JSON API."""

from app.settings.environment import env

API_PAGE_SIZE = 20
API_MAX_PAGE_SIZE = 100
TOKEN_DAYS = env.int("TOKEN_DAYS", 30)

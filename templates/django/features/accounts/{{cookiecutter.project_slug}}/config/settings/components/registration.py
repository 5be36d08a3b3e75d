"""Sign-up and passwords."""

from config.settings.environment import env

SIGNUP_ENABLED = env.bool("SIGNUP_ENABLED", default=True)
SIGNUP_LIMIT = env.int("SIGNUP_LIMIT", default=30)  # forms from one address in an hour
PASSWORD_RESET_TIMEOUT = env.int("PASSWORD_RESET_TIMEOUT", default=3600)  # seconds

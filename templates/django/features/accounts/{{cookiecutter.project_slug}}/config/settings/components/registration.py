"""Sign-up and passwords."""

from config.settings.environment import env

SIGNUP_ENABLED = env.bool("SIGNUP_ENABLED", default=True)
PASSWORD_RESET_TIMEOUT = env.int("PASSWORD_RESET_TIMEOUT", default=3600)  # seconds

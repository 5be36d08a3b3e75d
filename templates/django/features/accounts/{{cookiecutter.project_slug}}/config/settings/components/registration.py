"""Sign-up and passwords."""

from config.settings.environment import env

SIGN_UP_OPEN = env.bool("SIGN_UP_OPEN", default=True)
PASSWORD_RESET_TIMEOUT = env.int("PASSWORD_RESET_TIMEOUT", default=3600)  # seconds

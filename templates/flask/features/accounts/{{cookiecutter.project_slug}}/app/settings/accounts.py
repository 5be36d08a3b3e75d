"""Sign-up, and the mail that a forgotten password needs."""

from app.settings.base import DEBUG
from app.settings.environment import env

SIGNUP_ENABLED = env.bool("SIGNUP_ENABLED", True)
SIGNUP_RATE_LIMIT = env.str("SIGNUP_RATE_LIMIT", "30 per hour")
PASSWORD_RESET_SECONDS = 60 * 60
MAIL_URL = env.str("MAIL_URL", "console:" if DEBUG else "")
MAIL_FROM = env.str("MAIL_FROM", "noreply@localhost")

"""Sign-up, and the mail that a forgotten password needs."""

from environs import EnvError

from app.settings.base import DEBUG
from app.settings.environment import env

MAIL_SCHEMES = ("consolemail", "memorymail", "smtp", "smtp+ssl", "smtp+tls")

SIGNUP_ENABLED = env.bool("SIGNUP_ENABLED", True)
SIGNUP_LIMIT = env.int("SIGNUP_LIMIT", 30)  # forms from one address in an hour
PASSWORD_RESET_TIMEOUT = env.int("PASSWORD_RESET_TIMEOUT", 3600)  # seconds
EMAIL_URL = env.str("EMAIL_URL", "consolemail://" if DEBUG else "")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "webmaster@localhost")
if EMAIL_URL and EMAIL_URL.partition(":")[0] not in MAIL_SCHEMES:
    raise EnvError(f"EMAIL_URL: begins with one of {', '.join(MAIL_SCHEMES)}")

"""Signing up, mail and passwords (Flask-Security, Flask-Mailman)."""

from app.settings.base import env

# Mail: printed to the terminal unless a server is given
MAIL_SERVER = env.str("MAIL_SERVER", "")
MAIL_PORT = env.int("MAIL_PORT", 587)
MAIL_USE_TLS = env.bool("MAIL_USE_TLS", True)
MAIL_USERNAME = env.str("MAIL_USERNAME", None)
MAIL_PASSWORD = env.str("MAIL_PASSWORD", None)
MAIL_BACKEND = "smtp" if MAIL_SERVER else "console"
MAIL_TIMEOUT = 10
MAIL_DEFAULT_SENDER = env.str("MAIL_DEFAULT_SENDER", "noreply@example.com")

SECURITY_REGISTERABLE = True
SECURITY_REGISTER_URL = "/signup/"
SECURITY_CHANGEABLE = True
SECURITY_CHANGE_URL = "/password/change/"
SECURITY_POST_CHANGE_VIEW = "accounts.profile"
SECURITY_RECOVERABLE = True
SECURITY_RESET_URL = "/password/reset/"
# New people confirm their address, where a mail server can bring them the link.
SECURITY_CONFIRMABLE = SECURITY_SEND_REGISTER_EMAIL = bool(MAIL_SERVER)
SECURITY_CONFIRM_URL = "/confirm/"

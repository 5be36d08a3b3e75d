"""Sessions in a signed cookie, as Flask has them."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class CookieSessions(SecureCookieSessionInterface):
    """Makes nothing ready for reading a cookie where none was sent, as most API calls do."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Start an empty session, or go on with the one in the cookie."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def init_app(app: Flask) -> None:
    """Keep sessions in cookies."""
    app.session_interface = CookieSessions()

"""Protection against requests that another site makes a browser send."""

from flask import current_app, request
from flask_wtf import CSRFProtect

from app.core.auth import header_counts


class CsrfProtection(CSRFProtect):
    """Checks every unsafe request, except API calls that no browser sends by itself."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Let an API call pass that carries a token or no session."""
        if request.path.startswith("/api/"):
            cookie = current_app.config["SESSION_COOKIE_NAME"]
            if header_counts() or cookie not in request.cookies:
                return
        super().protect(apply_exemptions=apply_exemptions)


csrf = CsrfProtection()
init_app = csrf.init_app

"""Flask-Security with our models and errors."""

from typing import Any

from flask import Flask, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_security import FSQLALiteUserDatastore, url_for_security, user_authenticated
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

# % for item in cookiecutter._slots.security_forms
from {= item.module =} import {= item.name =}
# % endfor
from app.blueprints.accounts.models import Role, User
from app.extensions import db, limiter, security


def prepare(wsgi_app: Any) -> Any:
    """Pass a bearer token on in Flask-Security's own header, and without the session's cookies."""

    def call(environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("HTTP_AUTHENTICATION_TOKEN", None)
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() == "bearer":
            environ["HTTP_AUTHENTICATION_TOKEN"] = token.strip()
            environ.pop("HTTP_COOKIE", None)
        if not environ.get("HTTP_COOKIE", "").isascii():  # none of ours; Flask-Login fails on it
            del environ["HTTP_COOKIE"]
        return wsgi_app(environ, start_response)

    return call


def ask_to_sign_in(*_args: Any, **_details: Any) -> ResponseReturnValue:
    """Answer 401 to a client; send a person to the login page."""
    if request.path.startswith("/api/"):
        raise Unauthorized("Log in first.", www_authenticate=WWWAuthenticate("bearer"))
    return redirect(url_for_security("login", next=request.full_path.rstrip("?")))


@user_authenticated.connect
def renew_csrf_token(_app: Flask, **_details: Any) -> None:
    """Drop the token of the time before signing in, which somebody else may have planted."""
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)


def init_app(app: Flask) -> None:
    app.wsgi_app = prepare(app.wsgi_app)  # type: ignore[method-assign]
    security.init_app(
        app,
        FSQLALiteUserDatastore(db, User, Role),
        # % for item in cookiecutter._slots.security_forms
        {= item.key =}={= item.name =},
        # % endfor
    )
    security.want_json(lambda _request: False)  # JSON is the API's, with its own errors
    security.unauthn_handler(ask_to_sign_in)
    limit = limiter.limit(app.config["LOGIN_LIMIT"], methods=["POST"])
    limit(app.blueprints["security"])  # type: ignore[call-overload]

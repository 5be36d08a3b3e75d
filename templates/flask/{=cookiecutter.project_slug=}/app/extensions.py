"""The Flask extensions, created once and bound to an application by `init_app`."""

from inspect import iscoroutinefunction
from typing import Any

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security import Security
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect

# % for item in cookiecutter._slots.security_options
from {= item.module =} import {= item.name =}
# % endfor
{= "" =}
db = SQLAlchemy()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)
# Bound in `accounts.security`, which knows the user model
security: Any = Security({%% for item in cookiecutter._slots.security_options %%}{= item.key =}={= item.name =}, {%% endfor %%})


def check_csrf() -> None:
    """Check every unsafe request; under /api/ Flask-Security does it, and lets tokens pass."""
    if current_app.config["WTF_CSRF_ENABLED"] and not request.path.startswith("/api/"):
        csrf.protect()


def init_app(app: Flask) -> None:
    db.init_app(app)
    # Lite would start an event loop after each request to close async sessions we do not have.
    app.teardown_appcontext_funcs[:] = [
        hook for hook in app.teardown_appcontext_funcs if not iscoroutinefunction(hook)
    ]
    csrf.init_app(app)
    app.before_request(check_csrf)
    limiter.init_app(app)

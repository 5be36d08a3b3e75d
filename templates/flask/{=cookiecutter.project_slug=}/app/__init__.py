"""The application factory: the only place where the parts meet."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from app import blueprints, errors, extensions, headers, logs
from app.commands import create_user
# % for part in cookiecutter._slots.parts
from {= part.package =} import {= part.key =}
# % endfor
from app.seeds import seed


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Build the application; `config` wins over `app.settings`, as tests need it."""
    app = Flask(__name__)
    app.config.from_object("app.settings")
    app.config.from_mapping(config or {})
    logs.init_app(app)
    extensions.init_app(app)
    headers.init_app(app)
    blueprints.init_app(app)
    # % for part in cookiecutter._slots.parts
    {= part.key =}.init_app(app)
    # % endfor
    errors.init_app(app)
    app.cli.add_command(create_user)
    app.cli.add_command(seed)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # Flask-Security replaced `app.json`
    return app

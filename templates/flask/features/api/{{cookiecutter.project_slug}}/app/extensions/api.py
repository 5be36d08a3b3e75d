"""Mounts each blueprint's `api.py` below `/api/v1/` and documents all of them."""

import json
from functools import lru_cache
from importlib.resources import files

import click
from flask import Flask, Response, render_template, request, send_from_directory
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

from app.core.api.answers import answer
from app.core.api.openapi import PREFIX, document
from app.core.auth import current_user
from app.core.errors import PROBLEM
from app.discovery import modules

JSON = ["application/json", PROBLEM]


@lru_cache
def takes_json(accept: str) -> bool:
    """Tell whether an `Accept` header leaves room for JSON; clients send few different ones."""
    wanted = parse_accept_header(accept, MIMEAccept)
    return not wanted or wanted.best_match(JSON) is not None


def init_app(app: Flask) -> None:
    """Mount the API, its document and Swagger UI."""
    places = {name.replace("_", "-"): found.blueprint for name, found in modules("api").items()}
    for place, blueprint in places.items():
        app.register_blueprint(blueprint, url_prefix=f"{PREFIX}/{place}")
    assets = str(files("flask_swagger_ui") / "dist")

    @app.before_request
    def check_headers() -> None:
        """Refuse who wants no JSON, and credentials that are not valid."""
        if request.path.startswith(f"{PREFIX}/"):
            if not takes_json(request.headers.get("Accept", "")):
                raise NotAcceptable("Only application/json can be had here.")
            current_user()

    @app.get("/api/openapi.json")
    def openapi() -> Response:
        return answer(document(app.config["SITE_NAME"], places))

    @app.cli.command("openapi")
    def print_openapi() -> None:
        """Print the OpenAPI document."""
        click.echo(json.dumps(document(app.config["SITE_NAME"], places), indent=2))

    @app.get("/api/docs/")
    def api_docs() -> str:
        return render_template("api/docs.html")

    @app.get("/api/docs/assets/<path:name>")
    def api_docs_asset(name: str) -> Response:
        return send_from_directory(assets, name, max_age=86_400)

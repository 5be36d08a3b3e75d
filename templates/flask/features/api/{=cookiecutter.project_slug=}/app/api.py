"""The JSON API: flask-smorest, its documents, and where every blueprint's API answers."""

from pathlib import Path
from typing import Any

import flask_swagger_ui
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Request
from flask_smorest import Api
from werkzeug.exceptions import BadRequest
from whitenoise import WhiteNoise

from app.blueprints.accounts import api as accounts
# % for app in cookiecutter._apps if app.resources
from app.blueprints.{= app.name =} import api as {= app.name =}
# % endfor
from app.schemas import ProblemSchema


class JsonRequest(Request):
    """Answers 400 where the parser of JSON gives up."""

    def get_json(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get_json(*args, **kwargs)
        except RecursionError as error:
            raise BadRequest("The JSON is nested too deeply.") from error


def schema_name(schema: Any) -> str:
    """A schema's name in the OpenAPI document: `Post`, or `PostPatch` for a partial one."""
    cls = schema if isinstance(schema, type) else type(schema)
    name: str = cls.__name__.removesuffix("Schema")
    return f"{name}Patch" if getattr(schema, "partial", False) else name


def init_app(app: Flask) -> None:
    app.request_class = JsonRequest
    api = Api()
    api.ERROR_SCHEMA = ProblemSchema
    plugin = MarshmallowPlugin(schema_name_resolver=schema_name)
    api.init_app(app, spec_kwargs={"marshmallow_plugin": plugin})
    api.register_blueprint(accounts.blueprint, url_prefix="/api/v1/auth")
    # % for app in cookiecutter._apps if app.resources
    api.register_blueprint({= app.name =}.blueprint, url_prefix="/api/v1/{= app.kebab =}")
    # % endfor
    for answer in api.spec.components.responses.values():  # documented as plain JSON
        if content := answer.get("content"):
            content["application/problem+json"] = content.pop("application/json")
    swagger_ui = WhiteNoise(app.wsgi_app)
    swagger_ui.add_files(Path(flask_swagger_ui.__file__).parent / "dist", "static/swagger-ui/")
    app.wsgi_app = swagger_ui  # type: ignore[method-assign]

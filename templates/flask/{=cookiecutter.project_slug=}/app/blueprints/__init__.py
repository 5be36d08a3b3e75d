"""The blueprints and where they answer."""

from flask import Flask

from app.blueprints.accounts import security
from app.blueprints.home import views as home
# % for item in cookiecutter._slots.blueprints
from app.blueprints.{= item.key =} import views as {= item.key =}
# % endfor
# % for app in cookiecutter._apps if app.resources
# % for module in cookiecutter._slots.app_blueprints
from app.blueprints.{= app.name =} import {= module =} as {= app.name =}
# % endfor
# % endfor


def init_app(app: Flask) -> None:
    security.init_app(app)
    app.register_blueprint(home.blueprint)
    # % for item in cookiecutter._slots.blueprints
    app.register_blueprint({= item.key =}.blueprint, url_prefix="{= item.prefix =}")
    # % endfor
    # % for app in cookiecutter._apps if app.resources
    # % for _ in cookiecutter._slots.app_blueprints
    app.register_blueprint({= app.name =}.blueprint, url_prefix="/{= app.kebab =}")
    # % endfor
    # % endfor
